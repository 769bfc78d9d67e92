"""Ledgers, debts, pay sheets and notices as files that people open and sign."""
