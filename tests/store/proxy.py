"""A proxy on a loopback address, which can cut its connections, refuse new ones, and fall silent."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress


class Proxy:
    """Passes on what it gets, as long as it is whole."""

    def __init__(self, host: str, port: int) -> None:
        self._target = (host, port)
        self._writers: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None
        self._flowing = asyncio.Event()
        self._flowing.set()
        self._cut = False
        self.port = 0

    async def listen(self) -> None:
        """Begin to pass on."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1")
        self.port = self._server.sockets[0].getsockname()[1]

    def cut(self) -> None:
        """Break all connections, and every new one."""
        self._cut = True
        for writer in self._writers:
            writer.transport.abort()

    def mend(self) -> None:
        """Pass on again."""
        self._cut = False
        self._flowing.set()

    def fall_silent(self) -> None:
        """Accept connections and pass on nothing."""
        self._flowing.clear()

    async def close(self) -> None:
        self.cut()
        self._flowing.set()
        assert self._server
        self._server.close()
        await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        try:
            if not self._cut:
                await self._flowing.wait()
                there, back = await asyncio.open_connection(*self._target)
                self._writers.add(back)
                await asyncio.gather(self._pass(reader, back), self._pass(there, writer))
                self._writers.discard(back)
        finally:
            self._writers.discard(writer)
            writer.transport.abort()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while data := await reader.read(65536):
                await self._flowing.wait()
                writer.write(data)
        writer.transport.abort()


@asynccontextmanager
async def proxy(host: str, port: int) -> AsyncIterator[Proxy]:
    """A proxy to a server."""
    between = Proxy(host, port)
    await between.listen()
    try:
        yield between
    finally:
        await between.close()
