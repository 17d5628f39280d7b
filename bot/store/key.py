"""The key that makes people unrecognisable: without it, a hash of a user id could be found by trying all ids."""

from __future__ import annotations

import logging
import os
import secrets
from contextlib import suppress
from pathlib import Path

log = logging.getLogger(__name__)

_BYTES = 32


def read_key(folder: Path) -> bytes:
    """The key in the file ``key``, which is made once. If that fails, a key for this run alone. Never raises."""
    path = folder / "key"
    try:
        if not path.exists():
            _make(path)
        key = path.read_bytes()
        if len(key) == _BYTES:
            return key
        problem = f"it has {len(key)} bytes, not {_BYTES}"
    except OSError as error:
        problem = error.strerror or str(error)
    log.warning("The key %s cannot be used (%s): until the next start people get another one", path, problem)
    return secrets.token_bytes(_BYTES)


def _make(path: Path) -> None:
    """Make the file, whole or not at all; if another process is faster, its key stays."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    temporary = path.with_name(f"key.{secrets.token_hex(4)}.tmp")
    try:
        with open(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:  # noqa: PTH123
            file.write(secrets.token_bytes(_BYTES))
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            path.hardlink_to(temporary)
    finally:
        temporary.unlink(missing_ok=True)
