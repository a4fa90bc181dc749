"""What the page of a municipality shows to one reader: its people, its things, and the towns that are like it."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, F, IntegerField, Value, When, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _

from connect.audience import reader_circle
from connect.messaging.contacting import contact_decisions
from connect.models import DirectoryEntry, Succession, TownProfile
from connect.people.finding import shown_people
from connect.people.shown import ShownPerson
from connect.permissions.towns import can_edit_town
from connect.towns.reading import (
    known_memberships,
    memberships_shown_to,
    network_towns,
    thing_kinds,
    town_things,
)
from connect.visibility import Circle
from portal.accounts.models import Membership
from portal.catalog.kinds import EntryKind
from portal.catalog.models import Entry
from portal.places.models import Municipality, MunicipalityCode
from portal.places.services.similar_municipalities import Match, similar_municipalities
from portal.topics.labels import Label, area_labels

MOST_PEOPLE = 60
THINGS_PER_KIND = 4
SIMILAR = 6
# Of fewer, a number would tell of one person or the other that she has an account.
FEWEST_COUNTED = 3
_GEONAMES = "geonames"
_SOURCE_NAMES = {_GEONAMES: "GeoNames", "indec": "INDEC"}


@dataclass(frozen=True)
class TownPerson:
    """Somebody who works there, as the reader may know her."""

    person: ShownPerson
    is_coordinator: bool
    can_be_asked: bool = False


@dataclass(frozen=True)
class PeopleOfArea:
    """Those who work in an area, or in none that the reader knows of."""

    name: str
    icon: str
    people: list[TownPerson]


@dataclass(frozen=True)
class TownPeople:
    """Who works in a municipality, as far as the reader may know.

    Args:
        count: how many the reader may know; more than are shown where there are very many.
        unseen: how many more there are for those who sign in; None where the number itself would tell something.
    """

    everybody: list[TownPerson] = field(default_factory=list)
    count: int = 0
    unseen: int | None = None

    @property
    def by_area(self) -> list[PeopleOfArea]:
        """Everybody once, under the first of her areas in the portal's order."""
        groups: dict[str, list[TownPerson]] = {}
        for one in self.everybody:
            groups.setdefault(_first_area(one.person), []).append(one)
        labels: dict[str, Label] = area_labels()
        known = [(slug, labels[slug]) for slug in labels if slug in groups]
        found = [PeopleOfArea(str(label), label.icon, groups[slug]) for slug, label in known]
        if groups.get(""):
            name = _("En otras tareas") if found else ""
            found.append(PeopleOfArea(name, "user", groups[""]))
        return found

    @property
    def coordinators(self) -> list[TownPerson]:
        """Those whom to ask about the municipality as a whole."""
        return [one for one in self.everybody if one.is_coordinator]

    @property
    def is_cut(self) -> bool:
        """Whether there are more than are shown."""
        return self.count > len(self.everybody)


@dataclass(frozen=True)
class ThingsOfKind:
    """The newest things of a kind, and how many there are."""

    kind: EntryKind
    count: int
    entries: list[Entry]


@dataclass(frozen=True)
class Waiting:
    """What waits for whoever coordinates the municipality."""

    requests: int
    successions: list[Succession]


def people_in(town: Municipality, reader: Any) -> TownPeople:
    """Return who works there, coordinators first, then by name; a fixed number of queries."""
    memberships = known_memberships(reader).filter(municipality=town)
    is_first = Case(
        When(role=Membership.Role.COORDINATOR, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    rows = list(
        memberships.order_by(is_first, "user__name", "pk").values_list("user_id", "role")[: MOST_PEOPLE + 1]
    )
    shown = shown_people(reader, [key for key, _role in rows[:MOST_PEOPLE]])
    coordinating = {key for key, role in rows if role == Membership.Role.COORDINATOR and key in shown}
    may_ask = contact_decisions(reader, sorted(coordinating), shown=shown) if coordinating else {}
    everybody = [
        TownPerson(shown[key], key in coordinating, bool(may_ask.get(key)))
        for key, _role in rows[:MOST_PEOPLE]
        if key in shown
    ]
    count = memberships.count() if len(rows) > MOST_PEOPLE else len(everybody)
    return TownPeople(everybody, count, _unseen(town, reader, count))


def things_of(town: Municipality, reader: Any) -> list[ThingsOfKind]:
    """Return what the town shows in the catalogue, by kind; two queries."""
    found = town_things(reader).filter(municipality=town)
    counts = found.count_by_kind()
    newest: dict[str, list[Entry]] = {}
    if counts:
        place = Window(
            RowNumber(), partition_by=[F("kind")], order_by=[F("published_at").desc(), F("id").desc()]
        )
        first = found.annotate(place=place).filter(place__lte=THINGS_PER_KIND)
        for entry in first.newest().defer("body", "search"):
            newest.setdefault(entry.kind, []).append(entry)
    return [
        ThingsOfKind(kind, counts[kind.id], newest.get(kind.id, []))
        for kind in thing_kinds()
        if counts.get(kind.id)
    ]


def similar_to(town: Municipality, reader: Any) -> list[Match]:
    """Return the municipalities of the network that are most like it, with the reasons."""
    return similar_municipalities(town, limit=SIMILAR, among=network_towns(reader))


def profile_of_town(town: Municipality) -> TownProfile:
    """Return what the town says of itself, or one that says nothing where it wrote nothing."""
    rows = TownProfile.objects.filter(municipality=town).select_related("edited_by")
    return rows.first() or TownProfile(municipality=town)


def population_source(town: Municipality) -> str:
    """Say who gives the number of its people: its country's register where that knows it, else GeoNames."""
    sources = MunicipalityCode.objects.filter(municipality=town).values_list("source", flat=True)
    found = sorted(sources, key=lambda source: (source == _GEONAMES, source))
    return _SOURCE_NAMES.get(found[0], found[0].upper()) if found else ""


def waiting_in(town: Municipality, reader: Any) -> Waiting | None:
    """Return what waits for the reader, where she coordinates the municipality or is of the team."""
    if not can_edit_town(reader, town.pk):
        return None
    successions = Succession.objects.visible_to(reader).open().of(town.pk)
    return Waiting(
        requests=Membership.objects.requested().filter(municipality=town).count(),
        successions=list(successions.with_people().order_by("-id")[:10]),
    )


def _unseen(town: Municipality, reader: Any, count: int) -> int | None:
    """Return how many more are there for whoever works in the network."""
    if reader_circle(reader) >= Circle.MEMBER:
        return 0
    listed = memberships_shown_to(DirectoryEntry.Audience.MEMBERS).filter(municipality=town).count()
    more = max(listed - count, 0)
    return more if more >= FEWEST_COUNTED else None


def _first_area(person: ShownPerson) -> str:
    own = {area.slug for area in person.areas}
    return next((slug for slug in area_labels() if slug in own), "")
