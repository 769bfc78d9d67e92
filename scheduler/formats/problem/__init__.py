"""A whole problem: read and checked, amended, and checked again."""
