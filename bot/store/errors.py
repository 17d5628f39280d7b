"""What goes wrong with the store, as far as its users need to know.

StoreError            it cannot be used as it is set up; the message says what to do
StoreUnavailable      it cannot be reached right now
"""

from __future__ import annotations


class StoreError(Exception):
    """The store cannot be used as it is set up; the message is for the person who set it up and has no secret in it."""


class StoreUnavailable(Exception):
    """The database cannot be read or changed right now."""
