"""Drawing: events on lines of time, as numbers that templates draw with."""
