"""The pages of the library."""

from inspire.views.detail import SolutionDetailView
from inspire.views.library import SolutionListView
from inspire.views.map import SolutionMapDataView

__all__ = ["SolutionDetailView", "SolutionListView", "SolutionMapDataView"]
