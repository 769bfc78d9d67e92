"""The tests mirror the packages scheduler and web; builders are imported from here."""
