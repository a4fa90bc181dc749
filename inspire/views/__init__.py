"""The pages of the library."""

from inspire.views.contribution_pages import (
    ContributionDetailView,
    ContributionInvitationView,
    ContributionListView,
    CriteriaView,
    DuplicatesView,
)
from inspire.views.contributions import (
    ContributionCreateView,
    ContributionEditView,
    contribution_autosave,
)
from inspire.views.detail import SolutionDetailView
from inspire.views.exporting import SolutionExportView
from inspire.views.feeds import SolutionFeedView
from inspire.views.history import HistoryView, RestoreView, StatusView
from inspire.views.importing import (
    ImportDetailView,
    ImportListView,
    ImportMappingView,
    import_errors,
    import_step,
    import_template,
)
from inspire.views.library import SolutionListView
from inspire.views.map import SolutionMapDataView
from inspire.views.reviewing import ReviewDetailView, ReviewListView

__all__ = [
    "ContributionCreateView",
    "ContributionDetailView",
    "ContributionEditView",
    "ContributionInvitationView",
    "ContributionListView",
    "CriteriaView",
    "DuplicatesView",
    "HistoryView",
    "ImportDetailView",
    "ImportListView",
    "ImportMappingView",
    "RestoreView",
    "ReviewDetailView",
    "ReviewListView",
    "SolutionDetailView",
    "SolutionExportView",
    "SolutionFeedView",
    "SolutionListView",
    "SolutionMapDataView",
    "StatusView",
    "contribution_autosave",
    "import_errors",
    "import_step",
    "import_template",
]
