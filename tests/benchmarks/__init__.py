"""Benchmarks: claims about speed and quality, for anyone to repeat."""
