"""Chapter A: are all courses there, with full hours."""
