"""Choosing how to get notices."""
