"""Places: agreements, dates, bad weather, load and use."""
