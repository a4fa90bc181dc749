"""The sample account's town: last year's result, this year's, and an evaluation that its team is answering."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluate.models import Evaluation, Questionnaire
from evaluate.samples.answers import (
    Character,
    answer_sections,
    sample_start,
    say_not_applicable,
    score,
    sign,
)
from evaluate.samples.plan import create_plan
from evaluate.services.answering import visible_questions
from evaluate.services.assignments import section_set_ready, sections_assign
from evaluate.services.comments import comment_add
from evaluate.services.states import evaluation_state, open_sections
from portal.accounts.models import Membership, User

A_YEAR_AGO = timedelta(days=372)
LATELY = timedelta(days=9)


def create_town(membership: Membership, questionnaires: list[Questionnaire]) -> None:
    """Fill a town with what a team that has worked with the portal for a year would have there."""
    team = _team(membership)
    for ago, character in ((A_YEAR_AGO, Character(offset=1, lift=-1)), (LATELY, Character())):
        _create_signed(membership, questionnaires[0], team, ago, character)
    create_plan(membership, questionnaires[0], team)
    _create_under_way(membership, questionnaires[-1], team)


def _team(membership: Membership) -> list[User]:
    """The sample accounts of the town, whoever coordinates first."""
    rows = Membership.objects.active().filter(
        municipality=membership.municipality_id, user__is_sample=True, user__is_active=True
    )
    people = [row.user for row in rows.select_related("user").order_by("role", "pk")]
    return people or [membership.user]


def _create_signed(
    membership: Membership,
    questionnaire: Questionnaire,
    team: list[User],
    ago: timedelta,
    character: Character,
) -> None:
    at = timezone.now() - ago
    with transaction.atomic():
        evaluation = sample_start(team[0], questionnaire, membership.municipality)
        if evaluation is None:
            return
        answer_sections(evaluation, team, character)
        run = sign(evaluation, team[0], at)
    score(run, at)


@transaction.atomic
def _create_under_way(membership: Membership, questionnaire: Questionnaire, team: list[User]) -> None:
    """Half of it answered, one section ready, one that nobody has."""
    evaluation = sample_start(team[0], questionnaire, membership.municipality)
    if evaluation is None:
        return
    sections = [section.key for section in open_sections(evaluation_state(evaluation))]
    held = sections[:-1] if len(sections) > 1 else sections
    pairs = [(key, team[(place + 1) % len(team)].pk) for place, key in enumerate(held)]
    sections_assign(evaluation=evaluation, user=team[0], added=pairs)
    helpers = [next(person for person in team if person.pk == pk) for _key, pk in pairs]
    answer_sections(evaluation, helpers, Character(offset=2), only_first=max(1, len(sections) // 2))
    section_set_ready(evaluation=evaluation, user=helpers[0], section=held[0], is_ready=True)
    say_not_applicable(
        evaluation, helpers[0], _("No corresponde: en nuestro municipio lo presta la provincia por ley.")
    )
    _talk(evaluation, team)


def _talk(evaluation: Evaluation, team: list[User]) -> None:
    """Leave two comments about the first question."""
    state = evaluation_state(evaluation)
    path = next(iter(visible_questions(state, open_sections(state)[0])), "")
    texts: list[tuple[Any, str]] = [
        (team[0], _("¿Esto ya está en una ordenanza o es solo la costumbre del área?")),
        (team[-1], _("Hay una resolución de 2024. Busco el número y la adjunto.")),
    ]
    for author, text in texts if path else ():
        comment_add(evaluation=evaluation, path=path, text=text, author=author)
