"""A contribution as the page that it would become: the library's own page, of a solution that is in no table."""

from typing import Any

from django.utils import timezone

from inspire.models import Solution, SolutionAttachment, SolutionPerson, SolutionPhoto
from inspire.reading import SolutionPage, solution_page
from inspire.record import COLUMNS, VALUES, SolutionRecord
from portal.files.models import StoredFile
from portal.places.models import Country
from portal.topics.models import PolicyArea, Topic


def preview_of(record: SolutionRecord) -> tuple[Solution, SolutionPage]:
    """Return a solution that nobody saved, with everything that its page shows, and that page in its language."""
    written = record.to_json()
    values: dict[str, Any] = {
        name: written[name] if name in VALUES else getattr(record, name) for name in COLUMNS
    }
    now = timezone.now()
    solution = Solution(
        **values, pk=0, status=Solution.Status.PUBLISHED, published_at=now, created_at=now, updated_at=now
    )
    solution.country = Country.objects.get(code=record.country_id)
    files = {file.pk: file for file in _files(record)}
    # Where Django keeps what was prefetched, so that the page asks no table about a solution that is in none.
    solution._prefetched_objects_cache = {  # type: ignore[attr-defined]
        "areas": list(PolicyArea.objects.filter(slug__in=record.areas)),
        "topics": list(Topic.objects.filter(slug__in=record.topics)),
        "people": [
            SolutionPerson(role=one.role, name=one.name, position=one.position, organisation=one.organisation)
            for one in record.people or []
        ],
        "photos": [
            SolutionPhoto(
                file=files[one.file_id],
                alt=one.alt,
                caption=one.caption,
                credit=one.credit,
                licence=one.licence,
            )
            for one in record.photos or []
            if one.file_id in files
        ],
        "attachments": [
            SolutionAttachment(file=files[one.file_id], title=one.title)
            for one in record.attachments or []
            if one.file_id in files
        ],
    }
    return solution, solution_page(solution, record.language)


def _files(record: SolutionRecord) -> list[StoredFile]:
    wanted = [photo.file_id for photo in record.photos or []]
    wanted += [attachment.file_id for attachment in record.attachments or []]
    return list(StoredFile.objects.filter(pk__in=wanted).prefetch_related("thumbnails"))
