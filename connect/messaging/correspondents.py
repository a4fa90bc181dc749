"""Who is who in a conversation, by the name that this reader may read."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from connect.messaging.contacting import reachable
from connect.people.finding import shown_people
from connect.people.shown import ShownPerson
from portal.accounts.models import User


@dataclass(frozen=True)
class Correspondent:
    """Somebody in a conversation.

    Args:
        person: as the reader may see her; nothing where she is gone, suspended or kept apart from the reader.
        url: her page, where the reader may open it.
    """

    name: str
    person: ShownPerson | None = None
    url: str = ""
    is_self: bool = False

    @property
    def is_there(self) -> bool:
        """Whether she can still be written to by this reader."""
        return self.person is not None

    @property
    def work(self) -> str:
        """What she does and where, in one line."""
        if self.person is None:
            return ""
        return " · ".join(filter(None, [self.person.position, self.person.municipality]))


def correspondents(
    reader: Any, user_ids: Collection[int], *, with_links: bool = False
) -> dict[int, Correspondent]:
    """Return these people of a reader's conversations, each by her name or by what is said of whoever is not there.

    Whoever wrote to the reader let herself be known by it, whether she is in the directory or not. The number of
    queries does not depend on how many they are.

    Args:
        with_links: ask also which of them have a page that the reader may open.
    """
    known = shown_people(reader, user_ids) if with_links else {}
    there = {**reachable(reader, [key for key in user_ids if key not in known]), **known}
    former = _former([key for key in user_ids if key not in there])
    return {
        key: Correspondent(
            name=there[key].name,
            person=there[key],
            url=there[key].url if key in known else "",
            is_self=key == reader.pk,
        )
        if key in there
        else Correspondent(name=_former_name(former.get(key, "")))
        for key in user_ids
    }


def names_joined(people: Iterable[Correspondent]) -> str:
    """Return some names in one line: two written out, of more the rest counted."""
    names = [person.name for person in people]
    if len(names) <= 2:
        return _(" y ").join(names) if names else _("Solo vos")
    return _("%(first)s, %(second)s y %(number)d más") % {
        "first": names[0],
        "second": names[1],
        "number": len(names) - 2,
    }


def _former(user_ids: Collection[int]) -> dict[int, str]:
    """Return of those who erased their accounts where they worked."""
    erased = User.objects.filter(pk__in=user_ids, erased_at__isnull=False)
    return dict(erased.values_list("pk", "former_of"))


def _former_name(municipality: str) -> str:
    if municipality:
        return _("Ex integrante de %(municipality)s") % {"municipality": municipality}
    return _("Una persona que ya no está")
