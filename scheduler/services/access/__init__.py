"""Who may come in: accounts, sessions, links, limits."""
