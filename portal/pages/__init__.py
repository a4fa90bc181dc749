"""Home, search, style guide, health and the starter commands."""
