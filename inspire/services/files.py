"""Which files of solutions and contributions go, and which somebody may still want."""

from collections.abc import Iterable

from inspire.models import ContributionFile, SolutionAttachment, SolutionPhoto, SolutionRevision
from portal.files.models import StoredFile


def files_of_nobody_delete(*, file_ids: Iterable[int], solution_id: int | None) -> None:
    """Delete those of these files that neither the library nor the desk shows and that no version could bring back.

    Args:
        solution_id: the only one whose versions can name them, if there is one.
    """
    left = set(file_ids)
    for model in (SolutionPhoto, SolutionAttachment, ContributionFile):
        left -= set(model._default_manager.filter(file__in=left).values_list("file_id", flat=True))
    if left and solution_id is not None:
        left -= files_of_versions(solution_id=solution_id)
    StoredFile.objects.filter(pk__in=left).delete()


def files_of_versions(*, solution_id: int) -> set[int]:
    """Return the ids of the files that any version of a solution names."""
    parts = SolutionRevision.objects.filter(solution_id=solution_id).values_list(
        "content__photos", "content__attachments"
    )
    return {
        part["file_id"] for photos, attachments in parts for part in [*(photos or []), *(attachments or [])]
    }
