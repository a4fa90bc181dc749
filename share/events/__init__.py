"""Encounters as they are found and read."""
