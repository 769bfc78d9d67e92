"""The tables of a problem and of a timetable: CSV folders and Excel workbooks."""
