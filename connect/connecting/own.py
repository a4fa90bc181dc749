"""A person's own connections, as she looks for one of them."""

from typing import Any

from django.db.models import Exists, Func, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.expressions import Combinable

from connect.audience import connected_to
from connect.models import Profile
from connect.querysets.connections import is_there
from connect.visibility import Level
from portal.accounts.models import Membership, User
from portal.core.paging import Keyset
from portal.places.names import normalise_name
from portal.topics.labels import area_labels

ORDER = Keyset(("plain_name", "id"), size=20)
MOST_WORDS = 8


def my_connections(reader: Any, text: str = "") -> QuerySet[User]:
    """Return those whom a person is connected with and who are there for her, by name.

    Args:
        text: each of its words is in the name, or in the town, the position or an area that she may see.
    """
    rows = User.objects.filter(is_there(), _shows("name"), pk__in=connected_to(reader))
    rows = rows.annotate(plain_name=_plain("name"))
    for word in text.replace("\0", " ").split()[:MOST_WORDS]:
        rows = rows.filter(_found_by(word))
    return rows


def _found_by(word: str) -> Q:
    return Q(plain_name__contains=_plain(Value(word))) | _works_in(word) | _works_on(word)


def _works_in(word: str) -> Q:
    """Say that the word is in the town or the position, where a connection may see them."""
    works = Membership.objects.active().filter(user_id=OuterRef("pk")).alias(plain=_plain("position"))
    named = Q(plain__contains=_plain(Value(word)))
    town = normalise_name(word)
    if town:
        named |= Q(municipality__normalised_name__contains=town)
    return Q(Exists(works.filter(named))) & _shows("work")


def _works_on(word: str) -> Q:
    """Say that the word is in the name of one of the areas, where a connection may see them."""
    wanted = normalise_name(word)
    areas = [slug for slug, label in area_labels().items() if wanted and wanted in normalise_name(str(label))]
    found = Profile.objects.filter(user_id=OuterRef("pk"), areas__overlap=areas)
    return Q(Exists(found)) & _shows("areas")


def _shows(part: str) -> Q:
    """Say that a person's connections see a part: everything but what she keeps for herself alone."""
    hidden = Profile.objects.filter(user_id=OuterRef("pk"), visibility__contains={part: Level.NOBODY.value})
    return ~Q(Exists(hidden))


def _plain(text: str | Combinable) -> Func:
    return Func(text, function="catalog_plain", output_field=TextField())
