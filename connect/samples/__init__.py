"""Invented people: a few with texts of their own to try the directory with, and any number of them to measure it."""

from connect.samples.acquaintances import acquaintances_create, acquaintances_remove
from connect.samples.generating import DEFAULT_COUNT, people_generate, people_remove_generated
from connect.samples.services import create_samples, remove_samples
from connect.samples.towns import towns_create, towns_remove

__all__ = [
    "DEFAULT_COUNT",
    "acquaintances_create",
    "acquaintances_remove",
    "create_samples",
    "people_generate",
    "people_remove_generated",
    "remove_samples",
    "towns_create",
    "towns_remove",
]
