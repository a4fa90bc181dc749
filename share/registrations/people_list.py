"""Who comes to an event, as its organisers read it: on a page, and as a table to take away."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.accounts.colleagues import colleagues_shown
from portal.accounts.models import Membership
from portal.core.paging import Keyset, KeysetPage
from portal.core.tabular.writing import Cell
from share.models import Event, Registration, RegistrationQuestion

Status = Registration.Status
_AT_ONCE = 200
SIZE = 50
# One word never finds more by being longer.
_MOST_WORDS = 6


@dataclass(frozen=True)
class Group:
    """Those of one answer.

    Args:
        id: as the address says it.
        count: how many they are, whatever is looked for.
    """

    id: str
    label: str | Promise
    statuses: tuple[str, ...]
    count: int = 0


GROUPS = (
    Group("van", gettext_lazy("Van"), (Status.GOING,)),
    Group("por-confirmar", gettext_lazy("Por confirmar"), (Status.OFFERED,)),
    Group("esperan", gettext_lazy("En espera"), (Status.WAITING,)),
    Group("interesa", gettext_lazy("Les interesa"), (Status.INTERESTED,)),
    Group("no-van", gettext_lazy("No van"), (Status.NOT_GOING, Status.LAPSED)),
)
BY_NAME = Keyset(("user__name", "id"), size=SIZE)
BY_TURN = Keyset(("place", "id"), size=SIZE)
_IN_ORDER = Keyset(("id",), size=_AT_ONCE)


@dataclass(frozen=True)
class Person:
    """Somebody on the list.

    Args:
        url: of her page, where this reader may see it.
        answers: what she answered, each with its question, in their order.
    """

    registration: Registration
    name: str
    municipality: str
    position: str
    url: str
    answers: list[tuple[str, str]]

    @property
    def may_be_taken_off(self) -> bool:
        """Whether she has, or waits for, a place."""
        return self.registration.status in (Status.GOING, Status.OFFERED, Status.WAITING)


def groups_of(event: Event) -> list[Group]:
    """Return the groups, each with how many people it has; one query."""
    rows = Registration.objects.filter(event=event).values_list("status").annotate(number=Count("pk"))
    counts = dict(rows.order_by())
    return [
        Group(each.id, each.label, each.statuses, sum(counts.get(status, 0) for status in each.statuses))
        for each in GROUPS
    ]


def group_named(name: str) -> Group:
    """Return a group by what the address says; those who go for anything else."""
    return next((each for each in GROUPS if each.id == name), GROUPS[0])


def people_found(event: Event, group: Group, words: str) -> QuerySet[Registration]:
    """Return those of a group whose name, position or municipality has each of the words."""
    found = Registration.objects.filter(event=event, status__in=group.statuses)
    for word in words.replace("\0", " ").split()[:_MOST_WORDS]:
        works = Membership.objects.active().filter(user=OuterRef("user"))
        works = works.filter(Q(municipality__name__icontains=word) | Q(position__icontains=word))
        found = found.filter(Q(user__name__icontains=word) | Q(Exists(works)))
    return found


def people_page(event: Event, group: Group, words: str, cursor: str) -> KeysetPage[Registration]:
    """Return one page: who waits in her turn, the others by name."""
    order = BY_TURN if group.statuses == (Status.WAITING,) else BY_NAME
    return order.page(people_found(event, group, words).select_related("user"), cursor)


def people_shown(
    reader: Any, rows: Sequence[Registration], questions: Sequence[RegistrationQuestion]
) -> list[Person]:
    """Return these people as the organisers read them, in a number of queries that does not grow."""
    keys = [row.user_id for row in rows]
    shown = colleagues_shown(reader, keys) if reader is not None else {}
    works: dict[int, Membership] = {}
    for one in (
        Membership.objects.active().filter(user__in=keys).select_related("municipality").order_by("pk")
    ):
        works.setdefault(one.user_id, one)
    return [
        Person(
            registration=row,
            name=row.user.get_full_name(),
            municipality=str(works[row.user_id].municipality) if row.user_id in works else "",
            position=works[row.user_id].position if row.user_id in works else "",
            url=shown[row.user_id].url if row.user_id in shown else "",
            answers=_answers(row, questions),
        )
        for row in rows
    ]


def answer_said(value: Any) -> str:
    """Write an answer as one line of text."""
    if isinstance(value, bool):
        return _("sí") if value else _("no")
    return "; ".join(str(one) for one in value) if isinstance(value, list) else str(value)


def _answers(row: Registration, questions: Sequence[RegistrationQuestion]) -> list[tuple[str, str]]:
    return [
        (each.text, answer_said(row.answers[str(each.pk)]))
        for each in questions
        if str(each.pk) in row.answers
    ]


def titles(questions: Sequence[RegistrationQuestion]) -> Sequence[str]:
    """Return the titles of the table's columns, one for each question at the end."""
    return (
        _("Nombre"),
        _("Cargo"),
        _("Municipio"),
        _("Estado"),
        _("Número en la lista"),
        _("Se anotó el"),
        _("Asistencia"),
        *(each.text for each in questions),
    )


def table_rows(
    event: Event, statuses: Iterable[str], questions: Sequence[RegistrationQuestion]
) -> Iterator[Sequence[Cell]]:
    """Yield the table row by row, some hundred people at a time; addresses of e-mail are not in it."""
    cursor = ""
    rows = Registration.objects.filter(event=event, status__in=list(statuses)).select_related("user")
    while True:
        page = _IN_ORDER.page(rows, cursor)
        for person in people_shown(None, page.rows, questions):
            yield _cells(person, questions)
        cursor = page.next_cursor
        if not cursor:
            return


def _cells(person: Person, questions: Sequence[RegistrationQuestion]) -> Sequence[Cell]:
    row = person.registration
    answers = [answer_said(row.answers.get(str(each.pk), "")) for each in questions]
    return (
        person.name,
        person.position,
        person.municipality,
        str(Status(row.status).label),
        row.place if row.status == Status.WAITING else None,
        row.registered_at,
        str(row.get_attendance_display()),
        *answers,
    )
