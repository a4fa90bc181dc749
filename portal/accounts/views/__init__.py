"""Pages about people and their memberships."""
