"""Chapter C: clock times, breaks, PE minutes, the shape of days."""
