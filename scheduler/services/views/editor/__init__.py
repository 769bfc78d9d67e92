"""The timetable editor: what it shows of a draft and asks of one, as plain data."""
