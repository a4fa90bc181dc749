"""Who takes which section of a municipality's evaluation, and when each is ready."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from evaluate.answering.section_navigation import SectionLink, navigation_of
from evaluate.models import Evaluation, EvaluationChange, SectionAssignment
from evaluate.services.states import evaluation_state
from evaluate.services.team import Holding, Team, leaders, memberships_here
from portal.accounts.models import User
from portal.audit.services import audit_record
from portal.notices.models import Notification
from portal.notices.services import notify
from portal.notices.texts import Text

ASSIGNED_NOTICE = "evaluation-assigned"
READY_NOTICE = "evaluation-ready"
REMINDER_NOTICE = "evaluation-reminder"
# A section's key, and the person who takes it.
Pair = tuple[str, int]


@dataclass(frozen=True)
class Assigned:
    """What a change of assignments did, and the people who got nothing because they no longer work there."""

    added: int
    removed: int
    refused: tuple[str, ...] = ()


@transaction.atomic
def sections_assign(
    *, evaluation: Evaluation, user: Any, added: Collection[Pair], removed: Collection[Pair] = ()
) -> Assigned:
    """Give sections to colleagues and take them back, all at once; each person is told once of all she got.

    The caller holds the evaluation's row. Memberships are held too, so that nobody gets a section while she leaves.
    Sections that the questionnaire does not have are left out, and what a person has already stays as it is.
    """
    keys = {section.key for section in evaluation_state(evaluation).definition.sections}
    wanted = {(key, person) for key, person in added if key in keys}
    people = _held_colleagues(evaluation, {person for _key, person in wanted})
    gone = User.objects.filter(pk__in={person for _key, person in wanted} - people.keys())
    already = set(evaluation.assignments.values_list("section", "person_id"))
    rows = [
        SectionAssignment(evaluation=evaluation, section=key, person=people[person], assigned_by=user)
        for key, person in sorted(wanted - already)
        if person in people
    ]
    SectionAssignment.objects.bulk_create(rows)
    taken = _remove(evaluation, removed)
    if rows or taken:
        audit_record(
            action="sections.assigned", target=evaluation, after={"added": len(rows), "removed": taken}
        )
    _tell_assigned(evaluation, user, rows)
    return Assigned(len(rows), taken, tuple(gone.values_list("name", flat=True)))


@transaction.atomic
def section_set_ready(*, evaluation: Evaluation, user: Any, section: str, is_ready: bool) -> bool:
    """Note that a person's section is ready, or is not after all; says whether she has it.

    The caller holds the evaluation's row, so that of two people who finish at once one tells the coordinators.
    """
    own = SectionAssignment.objects.filter(evaluation=evaluation, section=section, person=user)
    if not own.update(ready_at=timezone.now() if is_ready else None):
        return False
    if is_ready and _all_ready(evaluation):
        _tell_ready(evaluation, user)
    return True


def reminder_send(*, evaluation: Evaluation, person: User) -> bool:
    """Remind somebody of the sections that wait for her, at most once a day; says whether she was told now."""
    fact = f"reminder:{evaluation.pk}:{timezone.localdate():%Y-%m-%d}"
    if Notification.objects.filter(user=person, kind=REMINDER_NOTICE, fact=fact).exists():
        return False
    notify(
        users=person,
        kind=REMINDER_NOTICE,
        text=Text(_("Tu equipo espera tus secciones de «%(title)s»."), title=evaluation.version.title[:150]),
        url=_home(evaluation),
        fact=fact,
    )
    return True


def _held_colleagues(evaluation: Evaluation, ids: Iterable[int]) -> dict[int, User]:
    """Return those among the people who work there now, with their memberships held until the transaction ends."""
    memberships = (
        memberships_here(evaluation)
        .filter(user__in=ids)
        .select_related("user")
        .select_for_update(of=("self",), no_key=True)
        .order_by("pk")
    )
    return {membership.user_id: membership.user for membership in memberships}


def _remove(evaluation: Evaluation, pairs: Collection[Pair]) -> int:
    wanted = set(pairs)
    held = evaluation.assignments.filter(section__in={key for key, _person in wanted})
    gone = [row.pk for row in held if (row.section, row.person_id) in wanted]
    return SectionAssignment.objects.filter(pk__in=gone).delete()[0] if gone else 0


def _tell_assigned(evaluation: Evaluation, user: Any, rows: list[SectionAssignment]) -> None:
    """Tell each person once, however many sections she got; nobody is told of what she took on herself."""
    labels = {link.key: link.label for link in navigation_of(evaluation_state(evaluation)).links}
    for person in {row.person for row in rows}:
        own = [row for row in rows if row.person == person]
        if user is not None and person.pk == user.pk:
            continue
        notify(
            users=person,
            kind=ASSIGNED_NOTICE,
            text=Text.plural(
                "Te toca una sección de «%(title)s»: %(sections)s.",
                "Te tocan %(count)s secciones de «%(title)s»: %(sections)s.",
                number=len(own),
                count=len(own),
                title=evaluation.version.title[:100],
                sections=", ".join(labels.get(row.section, row.section) for row in own),
            ),
            url=_home(evaluation),
            fact=f"assignment:{min(row.pk for row in own)}",
        )


def _all_ready(evaluation: Evaluation) -> bool:
    """Say whether every section was marked ready by those who have it, or has all its answers where nobody does."""
    team = Team(evaluation)
    links = navigation_of(evaluation_state(evaluation)).links
    return all(_is_ready(link, team.here(link.key)) for link in links)


def _is_ready(link: SectionLink, holdings: list[Holding]) -> bool:
    return all(each.is_ready for each in holdings) if holdings else link.is_complete


def _tell_ready(evaluation: Evaluation, user: Any) -> None:
    """Tell those who sign that they can, once between two openings of the evaluation."""
    opened = EvaluationChange.objects.filter(evaluation=evaluation, to_status=Evaluation.Status.DRAFT)
    notify(
        users=[person for person in leaders(evaluation) if person.pk != user.pk],
        kind=READY_NOTICE,
        text=Text(
            _("Están listas todas las secciones de «%(title)s»: falta revisarla y firmarla."),
            title=evaluation.version.title[:150],
        ),
        url=reverse("evaluate:evaluation-review", args=[evaluation.public_id]),
        fact=f"ready:{evaluation.pk}:{opened.aggregate(last=Max('pk'))['last']}",
    )


def _home(evaluation: Evaluation) -> str:
    return reverse("evaluate:evaluation", args=[evaluation.public_id])
