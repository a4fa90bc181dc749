"""The library of solutions: what is in it, who stands behind it, and how it came to be what it is."""

from inspire.models.contributions import (
    Contribution,
    ContributionAuthor,
    ContributionComment,
    ContributionFile,
    ContributionStep,
    accepted_authors,
)
from inspire.models.facet_counts import FacetCount
from inspire.models.history import SolutionChange, SolutionRevision
from inspire.models.imports import (
    ImportBatch,
    ImportChange,
    ImportedRow,
    ImportedSolution,
    ImportMapping,
    ImportNote,
)
from inspire.models.map_cells import MapCell
from inspire.models.parts import SolutionAttachment, SolutionPerson, SolutionPhoto
from inspire.models.solution import (
    RECOGNITION_LENGTH,
    TITLE_LENGTH,
    Solution,
    new_source_id,
)
from inspire.models.texts import TEXT_FIELDS, SolutionText

__all__ = [
    "RECOGNITION_LENGTH",
    "TEXT_FIELDS",
    "TITLE_LENGTH",
    "Contribution",
    "ContributionAuthor",
    "ContributionComment",
    "ContributionFile",
    "ContributionStep",
    "FacetCount",
    "ImportBatch",
    "ImportChange",
    "ImportMapping",
    "ImportNote",
    "ImportedRow",
    "ImportedSolution",
    "MapCell",
    "Solution",
    "SolutionAttachment",
    "SolutionChange",
    "SolutionPerson",
    "SolutionPhoto",
    "SolutionRevision",
    "SolutionText",
    "accepted_authors",
    "new_source_id",
]
