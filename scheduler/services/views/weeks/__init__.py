"""Weeks of classes, teachers and venues, on the screen and on paper."""
