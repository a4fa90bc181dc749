"""What search engines are told to visit: everything in the catalogue that anybody may read."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from portal.catalog.kinds import entry_kinds
from portal.catalog.models import Entry
from portal.catalog.querysets import EntryQuerySet
from portal.core.functions import functions

# Ids that a part covers. The protocol allows 50,000 addresses in one; fewer are quicker to make.
PART_IDS = 5_000


@dataclass(frozen=True)
class Address:
    """A page to visit, and when what it shows last changed, where that is known."""

    path: str
    changed_at: datetime | None = None

    @property
    def changed(self) -> str:
        """The moment as the sitemap protocol writes it."""
        return self.changed_at.isoformat(timespec="seconds") if self.changed_at else ""


def sitemap_parts() -> range:
    """Return the numbers of the parts: each covers a range of ids, so that none has to be counted or skipped."""
    ids = _public().order_by("id").values_list("id", flat=True)
    first, last = ids.first(), ids.last()
    if first is None or last is None:
        return range(0)
    return range(first // PART_IDS, last // PART_IDS + 1)


def part_addresses(part: int) -> list[Address]:
    """Return the addresses of a part; a part whose things were all taken out has none."""
    rows = list(
        _public()
        .filter(id__gte=part * PART_IDS, id__lt=(part + 1) * PART_IDS)
        .order_by("id")
        .values_list("kind", "object_id", "url", "published_at")
    )
    changed = _changes((kind, object_id) for kind, object_id, _url, _published in rows)
    return [
        Address(url, changed.get((kind, object_id), published)) for kind, object_id, url, published in rows
    ]


def page_addresses() -> list[Address]:
    """Return the portal's own pages: its home, and where each of its functions begins."""
    names = [function.url_name for function in functions if function.url_name]
    return [Address(reverse(name)) for name in ("pages:home", *names)]


def _public() -> EntryQuerySet:
    found: EntryQuerySet = Entry.objects.visible_to(AnonymousUser())
    return found


def _changes(things: Iterable[tuple[str, int]]) -> Mapping[tuple[str, int], datetime]:
    """Ask the owner of each kind, once, when its things last changed."""
    by_kind: dict[str, list[int]] = defaultdict(list)
    for kind, object_id in things:
        by_kind[kind].append(object_id)
    return {
        (kind.id, object_id): changed
        for kind in entry_kinds
        if kind.changes and kind.id in by_kind
        for object_id, changed in kind.changes(by_kind[kind.id]).items()
    }
