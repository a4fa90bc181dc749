"""People who agreed to be found as the catalogue sees them: their directory rows, never more than these hold."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import cast

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from connect.models import DirectoryEntry
from connect.querysets.kinds import KIND
from portal.catalog.kinds import EntryDraft, EntryKind
from portal.catalog.models import Entry
from portal.catalog.services import entries_publish, entry_withdraw

_CHUNK = 2000


def people_entries_refresh(*, user_ids: Iterable[int]) -> None:
    """Let the catalogue know these people as their directory rows do, in the transaction that wrote the rows."""
    ids = set(user_ids)
    drafts = list(drafts_of(ids))
    entries_publish(drafts=drafts)
    entry_withdraw(kind=KIND, object_ids=ids - {draft.object_id for draft in drafts})


def drafts_of(user_ids: Iterable[int]) -> Iterator[EntryDraft]:
    """Yield the drafts of those of these people who are in the directory."""
    yield from _drafts(DirectoryEntry.objects.filter(user_id__in=list(user_ids)))


def all_drafts() -> Iterator[EntryDraft]:
    """Yield the drafts of everybody in the directory, for a rebuild of the catalogue."""
    yield from _drafts(DirectoryEntry.objects.all())


def _drafts(rows: Iterable[DirectoryEntry]) -> Iterator[EntryDraft]:
    """Make one draft a person: of what everybody may find, where there is such a row; else of what members may."""
    # "public" stands behind "members" in the alphabet.
    found = (
        rows.select_related("municipality", "user__profile")  # type: ignore[attr-defined]
        .order_by("user_id", "-audience")
        .defer("search")
        .iterator(chunk_size=_CHUNK)
    )
    last = None
    for row in found:
        if row.user_id != last:
            yield _draft(row)
        last = row.user_id


def _draft(row: DirectoryEntry) -> EntryDraft:
    return EntryDraft(
        kind=KIND,
        object_id=row.user_id,
        url=reverse("connect:person-detail", args=[row.user.public_id]),
        title=row.name,
        summary=" · ".join(filter(None, (row.position, row.municipality_name))),
        body=row.text,
        published_at=cast(datetime, row.user.profile.listed_at),
        country_id=row.municipality.country_id if row.municipality else None,
        municipality_id=row.municipality_id,
        areas=_of("area", row.facet_keys),
        topics=_of("topic", row.facet_keys),
        visibility=(
            Entry.Visibility.PUBLIC
            if row.audience == DirectoryEntry.Audience.PUBLIC
            else Entry.Visibility.MEMBERS
        ),
        is_sample=row.is_sample,
    )


def _of(prefix: str, keys: Iterable[str]) -> list[str]:
    """Return the slugs of a facet's keys."""
    return [key.partition(":")[2] for key in keys if key.startswith(f"{prefix}:")]


person_kind = EntryKind(
    id=KIND,
    label=_("Persona"),
    label_plural=_("Personas"),
    function="connect",
    drafts=all_drafts,
    order=8,
    is_thing=False,
)
