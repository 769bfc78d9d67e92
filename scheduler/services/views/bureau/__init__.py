"""Pages of a bureau: all schools of a database, their venues, their shares."""
