"""The application around the core: store, publishing, feeds, accounts."""
