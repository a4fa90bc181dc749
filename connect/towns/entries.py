"""Municipalities that say something of themselves, as the catalogue sees them: found by what they offer and seek."""

from collections.abc import Collection, Iterator
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from connect.models import TownProfile
from connect.towns.reading import FUNCTION
from portal.catalog.kinds import EntryDraft, EntryKind
from portal.catalog.services import entry_publish, entry_withdraw
from portal.topics.models import Topic

KIND = "town"
_CHUNK = 1000


def town_entry_refresh(*, profile: TownProfile) -> None:
    """Let the catalogue know a municipality's page as it is now; one that says nothing is not found in it."""
    draft = _draft(profile, _areas_of(set(profile.offer_topics) | set(profile.seek_topics)))
    if draft is None:
        entry_withdraw(kind=KIND, object_ids=[profile.municipality_id])
    else:
        entry_publish(draft=draft)


def all_drafts() -> Iterator[EntryDraft]:
    """Yield the drafts of all pages that say something, for a rebuild of the catalogue."""
    areas = _areas_of(None)
    for profile in _pages().iterator(chunk_size=_CHUNK):
        draft = _draft(profile, areas)
        if draft is not None:
            yield draft


def _pages() -> QuerySet[TownProfile]:
    return TownProfile.objects.select_related("municipality", "edited_by")


def last_changes(municipality_ids: Collection[int]) -> dict[int, datetime]:
    """Return when each of these pages was last written."""
    rows = TownProfile.objects.filter(municipality__in=municipality_ids)
    return dict(rows.values_list("municipality_id", "updated_at"))


def _draft(profile: TownProfile, areas: dict[str, str]) -> EntryDraft | None:
    texts = (profile.about, profile.offers, profile.seeks)
    topics = list(dict.fromkeys([*profile.offer_topics, *profile.seek_topics]))
    if not any(texts) and not topics:
        return None
    town = profile.municipality
    return EntryDraft(
        kind=KIND,
        object_id=town.pk,
        url=reverse("connect:town-detail", args=[town.pk]),
        title=str(town),
        summary=profile.about or profile.offers or profile.seeks,
        body="\n\n".join(filter(None, texts)),
        published_at=profile.created_at,
        country_id=town.country_id,
        municipality_id=town.pk,
        place_name=str(town)[:150],
        areas=list(dict.fromkeys(areas[topic] for topic in topics if topic in areas)),
        topics=topics,
        is_sample=profile.is_sample,
    )


def _areas_of(topics: Collection[str] | None) -> dict[str, str]:
    """Return the area of each of these topics, or of all of them, by slug."""
    rows = Topic.objects.all() if topics is None else Topic.objects.filter(slug__in=topics)
    return dict(rows.values_list("slug", "area__slug"))


town_kind = EntryKind(
    id=KIND,
    label=_("Municipio"),
    label_plural=_("Municipios"),
    function=FUNCTION,
    drafts=all_drafts,
    order=9,
    is_thing=False,
    changes=last_changes,
)
