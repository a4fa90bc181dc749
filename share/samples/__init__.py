"""Invented encounters: a dozen with texts of their own to try the portal with, and any number to measure it."""

from share.samples.events import create_samples, remove_samples
from share.samples.generating import DEFAULT_COUNT, events_generate, events_remove

__all__ = ["DEFAULT_COUNT", "create_samples", "events_generate", "events_remove", "remove_samples"]
