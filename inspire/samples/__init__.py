"""Invented solutions in any number, to show the library full and to measure it."""

from inspire.samples.services import DEFAULT_COUNT, solutions_generate, solutions_remove_samples

__all__ = ["DEFAULT_COUNT", "solutions_generate", "solutions_remove_samples"]
