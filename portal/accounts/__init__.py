"""People and the municipalities they work in."""
