"""Learn the shipped library and put the result beside it, so that its first start takes no longer than any other.

    python tools/ship_learnt.py

Run it after each change of the library, of the encoder or of what is learnt; a test says when it is due.
"""

from __future__ import annotations

import logging
import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # run as a script, it finds the bot beside its folder

from bot.service.opening import SHIPPED, Opener
from bot.settings import PROJECT


def main() -> None:
    logging.basicConfig(level=logging.WARNING)
    library = PROJECT / "knowledge"
    shutil.rmtree(library / SHIPPED, ignore_errors=True)
    with tempfile.TemporaryDirectory() as folder:
        Opener(library, "on", Path(folder)).open()
        [model] = Path(folder).glob("model-*.npz")
        (library / SHIPPED).mkdir()
        shutil.copy(model, library / SHIPPED)
        print(f"{library / SHIPPED / model.name}: {model.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
