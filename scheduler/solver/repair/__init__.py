"""Repair: a running timetable changed as little as possible."""
