"""The library and its desk in the admin."""

from inspire.admin.contributions import ContributionAdmin
from inspire.admin.solutions import SolutionAdmin

__all__ = ["ContributionAdmin", "SolutionAdmin"]
