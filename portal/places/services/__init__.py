"""What changes places, and what is worked out about them."""
