"""Chapter F: staff, class sizes, rooms, and how even a district is."""
