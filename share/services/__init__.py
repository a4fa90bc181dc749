"""What changes, by noun: each function is one atomic step."""
