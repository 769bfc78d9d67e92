"""Ledgers of a term: planned, published, delivered; debts and what repays them."""
