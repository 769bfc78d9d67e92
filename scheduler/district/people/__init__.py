"""People of a district: their weeks, shortages, who could help, what is kept free."""
