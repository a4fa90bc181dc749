"""What changes, by noun."""
