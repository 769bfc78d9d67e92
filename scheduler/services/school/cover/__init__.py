"""Leaves, what is done about their lessons, and the wishes of teachers."""
