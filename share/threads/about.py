"""The thing of the catalogue that a conversation is about."""

import re
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.catalog.kinds import entry_kinds
from portal.catalog.models import Entry
from portal.core.decision import ALLOWED, Decision, denied

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
