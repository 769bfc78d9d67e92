"""Chapter D, people: clashes, loads, subjects, travel and research."""
