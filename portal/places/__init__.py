"""Countries and municipalities."""
