"""Advice on moving one lesson: every slot with its consequence, swaps and cycles."""
