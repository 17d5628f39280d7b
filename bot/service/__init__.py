"""The desk that every surface shares."""
