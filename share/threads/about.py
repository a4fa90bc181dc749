"""The thing of the catalogue that a conversation is about."""

import re
from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.catalog.kinds import entry_kinds
from portal.catalog.models import Entry
from portal.core.decision import ALLOWED, Decision, denied
from share.models import Thread

_named = re.compile(r"([a-z][a-z0-9_-]{0,39}):([0-9]{1,18})").fullmatch


def discussed_entry(reader: Any, asked: str) -> Entry | None:
    """Return the thing that "kind:id" names, where the reader may find it and it may be discussed."""
    found = _named(asked)
    if found is None:
        return None
    visible = Entry.objects.visible_to(reader).defer("body", "search")
    entry = visible.filter(kind=found[1], object_id=int(found[2])).first()
    return entry if entry is not None and can_be_discussed(reader, entry) else None


def can_be_discussed(user: Any, entry: Entry) -> Decision:
    """What somebody made or did is discussed by those who may find it; people and towns are not."""
    kind = entry_kinds.get(entry.kind) if entry.kind in entry_kinds else None
    if kind is None or not kind.is_discussed:
        return denied(_("Sobre esto no se abren conversaciones."))
    if not Entry.objects.visible_to(user).filter(pk=entry.pk).exists():
        return denied(_("Esto ya no está a la vista: fijate si tiene otra página."))
    return ALLOWED


def unseen_things_left_out(reader: Any, threads: Iterable[Thread]) -> None:
    """Take out of conversations, as they are to be shown, the names of things that the reader does not find.

    A thing that everybody found when somebody asked about it may be for members now, or taken away by the team: the
    conversation stays, and does not tell what it was called. One query, none where nothing is spoken of.
    """
    about = [thread for thread in threads if thread.about_kind]
    if not about:
        return
    wanted = Q()
    for kind in {thread.about_kind for thread in about}:
        keys = [thread.about_id for thread in about if thread.about_kind == kind]
        wanted |= Q(kind=kind, object_id__in=keys)
    found = set(Entry.objects.visible_to(reader).filter(wanted).order_by().values_list("kind", "object_id"))
    for thread in about:
        if (thread.about_kind, thread.about_id) not in found:
            thread.about_title, thread.about_url = "", ""
