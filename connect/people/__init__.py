"""People, as each reader may see them."""
