"""The tests mirror the packages scheduler and web; what several need is tests.<module>."""
