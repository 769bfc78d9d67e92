"""What an office does with its timetable: publish, change, confirm, calendars."""
