"""Files of an audit: what it takes beside timetables, what it writes."""
