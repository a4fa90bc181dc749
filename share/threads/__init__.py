"""Conversations as they are found and read."""
