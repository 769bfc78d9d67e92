"""Make it comply: the nearest timetable that an audit passes, and what it takes."""
