"""Pages about people kept apart, reports, and suspended accounts."""
