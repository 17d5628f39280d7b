"""A process that notes questions and prints each that is acknowledged: ``python -m tests.store.noter URL NAME``."""

from __future__ import annotations

import asyncio
import os
import sys
from itertools import count

from bot.store import Asked
from bot.store.store import Store


async def main(url: str, name: str) -> None:
    """Note until killed."""
    store = Store.at(url, bytes(32))
    await store.start()
    numbers = count()

    async def note() -> None:
        for number in numbers:
            text = f"{name}-{number}"
            entry = Asked(
                text=text,
                outcome="abstain",
                group=None,
                nearest=None,
                confidence=0.5,
                fingerprint="f1",
                person=store.person(number),
                server=None,
            )
            if await store.note(entry):
                os.write(1, f"{text}\n".encode())  # at once, and whole

    await asyncio.gather(*(note() for _ in range(4)))


asyncio.run(main(*sys.argv[1:]))
