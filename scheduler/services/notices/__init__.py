"""Notices of an office: sheets of a day, releases, and what is sent outside."""
