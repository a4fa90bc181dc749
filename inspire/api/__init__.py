"""The library for partner systems: everybody reads it, the network's staff write it."""

from inspire.api.views import SolutionViewSet

__all__ = ["SolutionViewSet"]
