"""Tableros: running a policy day by day."""
