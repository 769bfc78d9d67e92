"""Tables that commands keep: moves of single dates, bookings, plans for rain."""
