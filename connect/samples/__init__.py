"""Invented people: a few with texts of their own to try the directory with, and any number of them to measure it."""

from connect.samples.generating import DEFAULT_COUNT, people_generate, people_remove_generated
from connect.samples.services import create_samples, remove_samples

__all__ = [
    "DEFAULT_COUNT",
    "create_samples",
    "people_generate",
    "people_remove_generated",
    "remove_samples",
]
