"""Files in and out: the only code that knows how others write things down."""
