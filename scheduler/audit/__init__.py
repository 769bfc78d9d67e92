"""Audits: what curriculum standards demand, and what a timetable gives."""
