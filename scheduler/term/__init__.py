"""From the weekly pattern to the dates of a term, and what was published of them."""
