"""The kinds of things that can be found, and the panels that other apps show beside them."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise

from portal.catalog.models import Entry
from portal.catalog.querysets import EntryQuerySet
from portal.core.registry import Registry


@dataclass(frozen=True)
class EntryDraft:
    """What an app says of a thing of its own; see `Entry` for the meaning of each field."""

    kind: str
    object_id: int
    url: str
    title: str
    published_at: datetime
    summary: str = ""
    body: str = ""
    language: str = "es"
    translations: dict[str, dict[str, str]] = field(default_factory=dict)
    country_id: str | None = None
    municipality_id: int | None = None
    place_name: str = ""
    areas: list[str] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    people: list[int] = field(default_factory=list)
    visibility: str = Entry.Visibility.PUBLIC
    latitude: float | None = None
    longitude: float | None = None
    is_sample: bool = False


@dataclass(frozen=True)
class EntryKind:
    """A kind of thing in the catalogue.

    Args:
        id: stored with each entry.
        function: id of the portal's function that owns it, for its colour and its icon.
        drafts: all published things of the kind, for a rebuild.
        changes: when some things of the kind, given by their ids, last changed; without it their date of publication
            counts.
        is_thing: whether it was made or done by somebody, and so can be news, inspire or be what others did; people
            and municipalities are found, and are none of that.
        allows_discussion: whether people may talk about it in public; things may unless their kind says otherwise.
    """

    id: str
    label: str | Promise
    label_plural: str | Promise
    function: str
    drafts: Callable[[], Iterable[EntryDraft]]
    order: int = 0
    changes: Callable[[Collection[int]], Mapping[int, datetime]] | None = None
    is_thing: bool = True
    allows_discussion: bool | None = None

    @property
    def is_discussed(self) -> bool:
        """Whether conversations may be about a thing of this kind."""
        return self.is_thing if self.allows_discussion is None else self.allows_discussion


@dataclass(frozen=True)
class EntryPanel:
    """Something an app shows on the page of another app's thing.

    Args:
        kinds: kinds of entries it stands beside; empty for all.
        template_name: the panel's partial.
        context: what the partial is given; None when there is nothing to show.
    """

    id: str
    template_name: str
    context: Callable[[HttpRequest, Entry], dict[str, Any] | None]
    kinds: frozenset[str] = frozenset()
    order: int = 0


entry_kinds: Registry[EntryKind] = Registry("entry kinds")
entry_panels: Registry[EntryPanel] = Registry("entry panels")


def things_visible_to(user: Any) -> EntryQuerySet:
    """Return what a reader may find of what somebody made or did: no people, and no municipalities as such."""
    found: EntryQuerySet = Entry.objects.visible_to(user)
    return found.exclude(kind__in=[kind.id for kind in entry_kinds if not kind.is_thing])
