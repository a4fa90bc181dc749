"""A person's notices, and how she wants them."""
