"""The directory: what it is filtered by, and how a reader reads it."""
