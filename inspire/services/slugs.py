"""The address of a solution in the portal, given once."""

from hashlib import sha256

from django.utils.text import slugify

from inspire.models import Solution
from inspire.record import SolutionRecord

_SLUG_LENGTH = 80


def slug_choices(record: SolutionRecord) -> list[str]:
    """Return the addresses that a solution may be given, the wished one first; the last is nobody else's."""
    wished = slugify(record.slug)[:_SLUG_LENGTH].strip("-") or "solucion"
    own = slugify(record.source_id)[-30:].strip("-")
    digest = sha256(f"{record.source}:{record.source_id}".encode()).hexdigest()[:12]
    return [wished, f"{wished}-{own}".strip("-"), f"{wished}-{digest}"]


def free_slug(record: SolutionRecord) -> str:
    """Return an address for one new solution."""
    choices = slug_choices(record)
    taken = set(Solution.objects.filter(slug__in=choices).values_list("slug", flat=True))
    return next(choice for choice in choices if choice not in taken)
