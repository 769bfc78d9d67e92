"""Tests mirror scheduler and web; what several need is tests.<module>."""
