"""Rules on places, agreements and the ways between them."""
