"""Capacitarme: documents and courses."""
