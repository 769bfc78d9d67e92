"""What a cell of a timetable says: its entries, and how sure each is."""
