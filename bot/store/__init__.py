"""The store: what must outlive a restart, in SQLite (a file) or PostgreSQL.

Tables, one row each per

    servers     server: its settings, as JSON; kept for good
    asked       question asked in vain, with its text
    feedback    message and person who pressed a button below it; the latest press
    introduced  person who has been told what the bot is
    quoted      channel: the claim quoted there last

People appear only as hashes of their ids under a key that lies beside the database, in the file ``key``. All tables
but the first are emptied of rows older than ``keep_days``, at the start and once a day. What is deleted from SQLite is
overwritten; PostgreSQL clears it away with its next vacuum.

The rule: nothing here ever delays or loses an answer. ``note`` and ``change_settings`` put an entry in memory and wait
a second at most for it to be written; settings, introductions and the last quotations are answered from memory. Only
``about``, ``forget`` and ``missed`` wait for the database, and say so after two seconds if it can't be used.

One task writes: what waits, in batches of one transaction each. ``True`` from ``note`` means that it was committed and
synced to the disk. When the database is locked, full, broken or gone, the task tries again after 0.25 s, then after
twice as long each time, up to 30 s, and begins by checking the tables, so that it also goes on with a new database.
Meanwhile up to 10,000 entries wait; beyond, the oldest is dropped and counted. The log says once that the database
cannot be used, and once that it can again. An entry that the database would never accept is dropped by itself.

Every row has a key made before it is first written, so writing it twice, after a commit that nobody saw succeed, does
no harm. Several bots may share a database: tables are made and changed under a lock.

``Store`` and ``sqlalchemy_url`` are in modules of their own, so that SQLAlchemy is loaded only by who needs it.
"""

from bot.store.entries import Asked, Entry, Feedback, Introduced, Quoted
from bot.store.errors import StoreError, StoreUnavailable
from bot.store.key import read_key
from bot.store.servers import ServerSettings

__all__ = [
    "Asked",
    "Entry",
    "Feedback",
    "Introduced",
    "Quoted",
    "ServerSettings",
    "StoreError",
    "StoreUnavailable",
    "read_key",
]
