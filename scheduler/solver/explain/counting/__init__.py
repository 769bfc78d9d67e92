"""Proofs by counting: what is needed against what there can be."""
