"""Certificates of bounds, and their recount; nothing here knows the prover."""
