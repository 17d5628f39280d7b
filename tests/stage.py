"""The bot as a user starts it: ``python -m bot`` in a process of its own, on the loopback Discord."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path

from bot.settings import PROJECT, Settings
from tests.loopback import LoopbackDiscord, Person, Signal
from tests.small_library import shared_cache, write_small_library

START, END = 20.0, 3.0


class BotProcess:
    """A running ``python -m bot``, and what it has written so far, on either stream."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.lines: list[str] = []
        self._changed = Signal()
        self._reading = asyncio.create_task(self._read())

    @classmethod
    async def start(cls, folder: Path, settings: Mapping[str, str], tracer: Sequence[str] = ()) -> BotProcess:
        """Start one in ``folder``, with these settings and with no others; ``tracer`` runs it."""
        folder.mkdir(parents=True, exist_ok=True)
        # It hides every other .env, of the checkout or of the person who runs the tests.
        (folder / ".env").touch()
        inherited = {name: value for name, value in os.environ.items() if name.lower() not in Settings.model_fields}
        process = await asyncio.create_subprocess_exec(
            *tracer,
            sys.executable,
            "-m",
            "bot",
            cwd=folder,
            env={**inherited, "PYTHONPATH": str(PROJECT), **settings},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            # Its children are in its group, so that none of them can outlive a test.
            start_new_session=True,
        )
        return cls(process)

    @property
    def output(self) -> str:
        """All that it has written."""
        return "\n".join(self.lines)

    async def wrote(self, text: str, timeout: float = START) -> str:
        """The first line with this text in it, once there is one."""
        try:
            return await self._changed.until(
                lambda: next((line for line in self.lines if text in line), None), timeout, repr(text)
            )
        except TimeoutError as error:
            raise TimeoutError(f"{error} from a bot that wrote:\n{self.output}") from None

    async def ended(self, timeout: float = START) -> int:
        """The exit code, once it has ended by itself and all that it wrote is read."""
        try:
            async with asyncio.timeout(timeout):
                code = await self.process.wait()
                await asyncio.shield(self._reading)
        except TimeoutError:
            raise TimeoutError(f"waited {timeout} s in vain for the end of a bot that wrote:\n{self.output}") from None
        return code

    async def end(self, number: signal.Signals = signal.SIGTERM, timeout: float = END) -> int:
        """Tell it to end; gives the exit code."""
        self.process.send_signal(number)
        return await self.ended(timeout)

    async def destroy(self) -> None:
        """Leave nothing of it behind, whatever it is doing."""
        if self.process.returncode is None:
            with contextlib.suppress(TimeoutError):
                await self.end()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        await self.process.wait()
        await self._reading

    async def _read(self) -> None:
        assert self.process.stdout is not None
        async for line in self.process.stdout:
            self.lines.append(line.decode(errors="replace").rstrip("\n"))
            self._changed.notify()


@contextlib.asynccontextmanager
async def started(folder: Path, settings: Mapping[str, str]) -> AsyncIterator[BotProcess]:
    """A bot process that is gone after the block; it need not get as far as Discord."""
    bot = await BotProcess.start(folder, settings)
    try:
        yield bot
    finally:
        await bot.destroy()


class Stage:
    """A loopback Discord with the bot on it, in a guild with one channel, answering from a small library."""

    def __init__(
        self, server: LoopbackDiscord, folder: Path, settings: Mapping[str, str], tracer: Sequence[str] = ()
    ) -> None:
        self.server = server
        self.folder = folder
        self.library = write_small_library(folder / "library")
        self.guild = server.guild("Keep")
        self.hall = server.text_channel(self.guild, "hall")
        self._settings, self._tracer = settings, tracer
        self._bot: BotProcess | None = None

    @property
    def bot(self) -> BotProcess:
        """The bot's process."""
        assert self._bot is not None, "not started yet"
        return self._bot

    def settings(self) -> dict[str, str]:
        """The settings of the bot, as its environment."""
        return {
            "DISCORD_TOKEN": self.server.token,
            "DISCORD_API_URL": self.server.api_url,
            "KNOWLEDGE_DIR": str(self.library),
            "CACHE_DIR": str(shared_cache(self.folder)),
            "DATA_DIR": str(self.folder / "data"),
            "ENCODER": "off",
            **self._settings,
        }

    def person(self, name: str = "alice", *, installed_app: bool = False) -> Person:
        """Somebody new, in the guild."""
        person = self.server.person(name, installed_app=installed_app)
        self.guild.members[person.id] = person
        return person

    async def reload(self, timeout: float = 30.0) -> str:
        """Have the bot's owner reload the library; returns what they read."""
        asked = await self.server.owner.slash("admin reload", channel=self.hall)
        return (await asked.answer(timeout)).text

    async def start(self) -> None:
        """Start the bot, once, or again after it has ended; it can be asked from then on."""
        if self._bot is not None:
            await self._bot.destroy()
        sessions, changed = self.server.gateway.sessions, self.server.gateway.changed
        await changed.until(lambda: not any(s.connection for s in sessions.values()), END, "the last bot's farewell")
        bot = self._bot = await BotProcess.start(self.folder, self.settings(), self._tracer)
        ready, dead = asyncio.create_task(self.server.gateway.ready(timeout=START)), asyncio.create_task(bot.ended())
        try:
            await asyncio.wait((ready, dead), return_when=asyncio.FIRST_COMPLETED)
            assert not dead.done(), f"the bot ended at its start:\n{bot.output}"
            await ready
        finally:
            for task in (ready, dead):
                task.cancel()
            await asyncio.gather(ready, dead, return_exceptions=True)

    async def destroy(self) -> None:
        """End the bot."""
        if self._bot is not None:
            await self._bot.destroy()


@contextlib.asynccontextmanager
async def staged(
    folder: Path, *, team: Sequence[str] = (), tracer: Sequence[str] = (), **settings: str
) -> AsyncIterator[Stage]:
    """A stage whose bot is running; ``settings`` are further ones, as ``QUESTIONS_PER_MINUTE="2"``."""
    async with LoopbackDiscord(team=team, message_content=settings.get("MESSAGE_CONTENT") == "on") as server:
        stage = Stage(server, folder, settings, tracer)
        try:
            await stage.start()
            yield stage
        finally:
            await stage.destroy()
