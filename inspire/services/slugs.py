"""The address of a solution in the portal, given once."""

from hashlib import sha256
from itertools import chain, count

from django.db import connection
from django.utils.text import slugify

from inspire.models import Solution
from inspire.record import SolutionRecord

_SLUG_LENGTH = 80
# Solutions share `/inspirarme/<slug>/` with the pages of the app (`inspire/urls.py`), which come first; those that may
# come are kept free too, because an address is given once and for good.
RESERVED = frozenset(
    {
        "api", "aportes", "buscar", "colecciones", "comparar", "contar", "criterios", "exportar", "importaciones",
        "importar", "mapa", "mis-aportes", "moderacion", "novedades", "nueva", "parecidas", "revision", "revisiones",
    }
)  # fmt: skip


def wished_slug(text: str) -> str:
    """Return the address that a solution would like to have, by its title or what its writer proposes."""
    wished = slugify(text)[:_SLUG_LENGTH].strip("-") or "solucion"
    return f"solucion-{wished}" if wished in RESERVED else wished


def slug_options(source: str, source_id: str, wished: str) -> list[str]:
    """Return what a solution is called where its wished address is taken; the last is nobody else's."""
    own = slugify(source_id)[-30:].strip("-")
    digest = sha256(f"{source}:{source_id}".encode()).hexdigest()[:12]
    return [f"{wished}-{own}".strip("-"), f"{wished}-{digest}"]


def addresses_hold() -> None:
    """Let nobody else make solutions until the end of the transaction: two at once could be given one address."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('inspire.solutions_upsert'))")


def free_source_id(record: SolutionRecord) -> str:
    """Return an id in its source for one new solution: its own, or that with the first number that is free."""
    rows = Solution.objects.filter(source=record.source, source_id__startswith=record.source_id)
    taken = set(rows.values_list("source_id", flat=True))
    others = (f"{record.source_id}-{number}" for number in count(2))
    return next(choice for choice in chain([record.source_id], others) if choice not in taken)


def free_slug(record: SolutionRecord) -> str:
    """Return an address for one new solution."""
    wished = wished_slug(record.slug)
    choices = [wished, *slug_options(record.source, record.source_id, wished)]
    taken = set(Solution.objects.filter(slug__in=choices).values_list("slug", flat=True))
    return next(choice for choice in choices if choice not in taken)
