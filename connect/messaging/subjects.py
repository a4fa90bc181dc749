"""The thing that a conversation is about, as this reader may see it now."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q

from connect.models import Conversation
from portal.catalog.kinds import entry_kinds
from portal.catalog.models import Entry
from portal.catalog.reading_level import MEMBERS_LEVELS, reading_level


@dataclass(frozen=True)
class Subject:
    """A thing of the catalogue on the card of a conversation; without an address when it is not there any more."""

    title: str
    kind: str
    url: str = ""


def subjects_shown(reader: Any, conversations: Iterable[Conversation]) -> dict[int, Subject]:
    """Return what conversations are about, by their keys; nothing of what the reader may not find. One query at most.

    A thing that was taken back is told by its title alone: whoever takes part has read it.
    """
    about = {conversation.pk: conversation for conversation in conversations if conversation.about_kind}
    there = _entries(about.values())
    is_member = reading_level(reader) in MEMBERS_LEVELS
    subjects = {}
    for key, conversation in about.items():
        entry = there.get((conversation.about_kind, conversation.about_id))
        if entry is None:
            subjects[key] = Subject(conversation.about_title, _kind(conversation.about_kind))
        elif is_member or entry.visibility == Entry.Visibility.PUBLIC:
            subjects[key] = Subject(entry.shown_title, _kind(entry.kind), entry.url)
    return subjects


def _entries(conversations: Iterable[Conversation]) -> dict[tuple[str, int | None], Entry]:
    things = {(conversation.about_kind, conversation.about_id) for conversation in conversations}
    if not things:
        return {}
    wanted = reduce(or_, (Q(kind=kind, object_id=key) for kind, key in things))
    rows = Entry.objects.filter(wanted).only(
        "kind", "object_id", "title", "translations", "url", "visibility"
    )
    return {(row.kind, row.object_id): row for row in rows}


def _kind(kind: str) -> str:
    return str(entry_kinds.get(kind).label) if kind in entry_kinds else ""
