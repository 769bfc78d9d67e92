"""A school's spreadsheets as a problem: what they say, and what had to be inferred."""
