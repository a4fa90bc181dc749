"""The library of solutions: what is in it, who stands behind it, and how it came to be what it is."""

from inspire.models.facet_counts import FacetCount
from inspire.models.history import SolutionChange, SolutionRevision
from inspire.models.parts import SolutionAttachment, SolutionPerson, SolutionPhoto
from inspire.models.solution import (
    RECOGNITION_LENGTH,
    TEXT_FIELDS,
    TITLE_LENGTH,
    Solution,
    SolutionText,
    new_source_id,
)

__all__ = [
    "RECOGNITION_LENGTH",
    "TEXT_FIELDS",
    "TITLE_LENGTH",
    "FacetCount",
    "Solution",
    "SolutionAttachment",
    "SolutionChange",
    "SolutionPerson",
    "SolutionPhoto",
    "SolutionRevision",
    "SolutionText",
    "new_source_id",
]
