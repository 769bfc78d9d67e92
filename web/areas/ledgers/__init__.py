"""Ledgers, debts, pay sheets and notices of an office."""

from web.areas.ledgers import books, debts, notices, workload
from web.areas.ledgers.blueprint import blueprint

__all__ = ["blueprint", "books", "debts", "notices", "workload"]
