"""Checked uploads and guarded downloads."""
