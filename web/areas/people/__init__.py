"""Pages of accounts: those of an office, one's own, and the log of who did what."""

from web.areas.people import accounts, log, own

__all__ = ["accounts", "log", "own"]
