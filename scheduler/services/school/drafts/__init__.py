"""Drafts: a start and operations, each with who and when, undone and redone."""
