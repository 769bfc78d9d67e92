"""Notices: what differs on a day, and what has changed between two moments."""
