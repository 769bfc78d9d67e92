"""Chapter D, places: rooms, fields, outside venues and how well they are used."""
