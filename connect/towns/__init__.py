"""Municipalities of the network: their list, their pages, and what the kernel is told."""
