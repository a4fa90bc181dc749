"""Intercambiar: encounters and conversations."""
