"""Timetables of schools from spreadsheets of any layout, found by their structure."""
