"""What the pages of accounts and of the log show."""
