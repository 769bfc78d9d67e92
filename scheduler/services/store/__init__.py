"""The store: schema, transactions and rows of the database."""
