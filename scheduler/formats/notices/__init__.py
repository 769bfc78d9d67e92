"""Change sheets of a day as files and pictures."""
