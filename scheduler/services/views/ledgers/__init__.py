"""What pages and commands say of ledgers, debts, pay sheets and notices."""
