"""Starting an evaluation and answering it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from evaluate.engine.definition import Question, Section
from evaluate.engine.state import Changes, FormState
from evaluate.models import Evaluation, EvaluationChange, Questionnaire
from evaluate.services.notes import notes_move_up
from evaluate.services.states import Kept, Value, evaluation_state, kept, state_store, state_with
from portal.places.models import Municipality


@dataclass(frozen=True)
class Given:
    """What somebody says to a question: an answer, or why it does not apply to her municipality.

    Args:
        value: the answer; None leaves the one that was kept, as when something is said to apply again.
        reason: why it does not apply, perhaps still to be written; None where it applies.
    """

    value: Value | None
    reason: str | None = None


@dataclass(frozen=True)
class SavedAnswer:
    """What one saved answer did: the changes, and the questions whose answers became right or wrong by it."""

    state: FormState
    changes: Changes
    rejudged: frozenset[str]


@dataclass(frozen=True)
class SavedSection:
    """What saving a section at once did: the questions that are wrong, and those that came to be asked."""

    state: FormState
    errors: dict[str, tuple[str, ...]]
    appeared: tuple[str, ...]


def evaluation_start(
    *,
    user: Any,
    questionnaire: Questionnaire,
    municipality: Municipality | None = None,
    is_sample: bool = False,
) -> tuple[Evaluation, bool]:
    """Open an evaluation with the version in force, or return the one already open; says whether it is new.

    Two people who start at the same moment get the same evaluation: the database lets only one be made.

    Raises:
        ValidationError: the questionnaire has no version in force.
    """
    open_one = _open_evaluation(user, questionnaire, municipality)
    if open_one is not None:
        return open_one, False
    version = questionnaire.versions.published().without_definition().first()
    if version is None:
        raise ValidationError(
            _("Este cuestionario todavía no tiene una versión publicada. Probá más adelante.")
        )
    version.questionnaire = questionnaire
    try:
        with transaction.atomic():
            return _create(user, version, municipality, is_sample), True
    except IntegrityError:
        open_one = _open_evaluation(user, questionnaire, municipality)
        if open_one is None:
            raise
        return open_one, False


def answer_save(
    *,
    evaluation: Evaluation,
    user: Any,
    path: str,
    value: Value | None,
    reason: str | None = None,
    state: FormState | None = None,
) -> SavedAnswer:
    """Keep one answer, right or wrong, and work out what it changes. The caller holds the evaluation's row.

    Args:
        value: the answer; None leaves the one that was kept.
        reason: why the question does not apply; None where it applies.
        state: the evaluation's answers, where they were read since the row is held.

    Raises:
        KeyError: the questionnaire has no such question.
        ValueError: the question applies to everybody.
    """
    state = state or evaluation_state(evaluation, user=user)
    before, wrong_before = kept(state), state.invalid()
    changes = _give(state, path, Given(value, reason))
    state_store(evaluation=evaluation, before=before, state=state, user=user)
    wrong = state.invalid()
    rejudged = {each for each in {*wrong, *wrong_before} if wrong.get(each) != wrong_before.get(each)}
    return SavedAnswer(state, changes, frozenset(rejudged))


def section_save(
    *,
    evaluation: Evaluation,
    user: Any,
    section: Section,
    values: Mapping[str, Value],
    reasons: Mapping[str, str | None] | None = None,
) -> SavedSection:
    """Keep all answers of a section at once, right or wrong. The caller holds the evaluation's row.

    Args:
        reasons: why questions do not apply; None for one that applies again.
    """
    earlier = evaluation_state(evaluation, user=user)
    before = kept(earlier)
    shown = set(visible_questions(earlier, section))
    said = {**{path: None for path, value in values.items() if value}, **(reasons or {})}
    not_applicable = {
        path: why for path, why in {**earlier.not_applicable, **said}.items() if why is not None
    }
    state = state_with(evaluation, {**before.answers, **values}, not_applicable, user=user)
    state_store(evaluation=evaluation, before=before, state=state, user=user)
    now_shown = visible_questions(state, section)
    sent = {*values, *(reasons or {})}
    errors = {path: found for path in now_shown if path in sent and (found := state.errors(path))}
    return SavedSection(state, errors, tuple(path for path in now_shown if path not in shown))


def repeat_add(*, evaluation: Evaluation, user: Any, path: str) -> tuple[FormState, str]:
    """Add a case to a repeated group; returns the state and the new case's path.

    Raises:
        KeyError, ValueError: there is no such group, or it may hold no more.
    """
    state = evaluation_state(evaluation, user=user)
    before = kept(state)
    added = state.add_repeat(path)
    state_store(evaluation=evaluation, before=before, state=state, user=user)
    return state, added


def repeat_remove(*, evaluation: Evaluation, user: Any, path: str) -> FormState:
    """Take a case out of a repeated group; those after it move up.

    Raises:
        KeyError, ValueError: there is no such case, or it must stay.
    """
    state = evaluation_state(evaluation, user=user)
    before = kept(state)
    state.remove_repeat(path)
    state_store(evaluation=evaluation, before=before, state=state, user=user)
    notes_move_up(evaluation=evaluation, removed=path)
    return state


def visible_questions(state: FormState, section: Section) -> list[str]:
    """Return the answer paths of the questions that a section asks now."""
    return [
        step.path
        for step in state.walk(section)
        if step.visible and isinstance(step.item, Question) and step.item.is_answerable
    ]


def _give(state: FormState, path: str, given: Given) -> Changes:
    """Put what was said into the engine; whoever says that a thing does not apply may have answered it just before."""
    if given.reason is None:
        return state.set_not_applicable(path, None) if given.value is None else state.set(path, given.value)
    answered = Changes() if given.value is None else state.set(path, given.value)
    marked = state.set_not_applicable(path, given.reason)
    return Changes(
        answered.shown | marked.shown,
        answered.hidden | marked.hidden,
        answered.values | marked.values,
        answered.labels | marked.labels,
        answered.choices | marked.choices,
        answered.structure or marked.structure,
    )


def _open_evaluation(
    user: Any, questionnaire: Questionnaire, municipality: Municipality | None
) -> Evaluation | None:
    drafts = Evaluation.objects.in_progress().with_questionnaire().filter(questionnaire=questionnaire)
    if municipality is None:
        return drafts.filter(municipality__isnull=True, owner=user).first()
    return drafts.filter(municipality=municipality).first()


def _create(user: Any, version: Any, municipality: Municipality | None, is_sample: bool) -> Evaluation:
    evaluation = Evaluation.objects.create(
        questionnaire=version.questionnaire,
        version=version,
        municipality=municipality,
        owner=user,
        is_sample=is_sample,
    )
    EvaluationChange.objects.create(evaluation=evaluation, to_status=Evaluation.Status.DRAFT, actor=user)
    # What must stay as it was at the start (dates, names, random numbers) is kept at once.
    state = state_with(evaluation, {}, user=user)
    state_store(evaluation=evaluation, before=Kept({}, {}), state=state, user=user)
    return evaluation
