"""Invented evaluations to try the portal with: one with its result, one half answered."""

from django.db import transaction
from django.utils.translation import gettext as _

from evaluate.engine.definition import Question
from evaluate.engine.paths import template_path
from evaluate.engine.state import FormState
from evaluate.models import Evaluation, EvaluationRun, Questionnaire, QuestionnaireVersion
from evaluate.services.answering import evaluation_start, section_save, visible_questions
from evaluate.services.scoring import evaluation_score
from evaluate.services.states import evaluation_state, open_sections
from evaluate.services.submission import evaluation_submit
from portal.accounts.models import Membership, User
from portal.places.models import Municipality

SAMPLE_EMAIL = "practicante@muestra.example"
# Which choice is taken for one question after the other: a town that does some things well and others not yet.
PICKS = (2, 1, 0, 2, 3, 1, 1, 0, 2, 1)


def create_samples() -> str:
    """Answer the first scored questionnaire for the sample account's municipality, once whole and once by half."""
    if Evaluation.objects.filter(is_sample=True).exists():
        return _("Las evaluaciones de muestra ya estaban.")
    membership = (
        Membership.objects.active().filter(user__email=SAMPLE_EMAIL).select_related("municipality").first()
    )
    if membership is None:
        return _("Sin evaluaciones de muestra: falta la cuenta %(email)s.") % {"email": SAMPLE_EMAIL}
    version = QuestionnaireVersion.objects.open().filter(is_scored=True).by_area().first()
    if version is None:
        return _("Sin evaluaciones de muestra: falta un cuestionario publicado.")
    _create_scored(membership.user, version.questionnaire, membership.municipality)
    _create_half_answered(membership.user, version.questionnaire, membership.municipality)
    return _("Una evaluación con resultado y otra por la mitad")


@transaction.atomic
def remove_samples() -> int:
    """Take the sample evaluations away."""
    samples = Evaluation.objects.filter(is_sample=True)
    count = samples.count()
    samples.delete()
    return count


def _create_scored(user: User, questionnaire: Questionnaire, municipality: Municipality) -> None:
    with transaction.atomic():
        evaluation = _start(user, questionnaire, municipality)
        for place in range(len(open_sections(evaluation_state(evaluation)))):
            _answer_section(evaluation, user, place)
        run = evaluation_submit(evaluation=evaluation, user=user)
    if isinstance(run, EvaluationRun):
        evaluation_score(run_id=run.pk)


@transaction.atomic
def _create_half_answered(user: User, questionnaire: Questionnaire, municipality: Municipality) -> None:
    evaluation = _start(user, questionnaire, municipality)
    for place in range(len(open_sections(evaluation_state(evaluation))) // 2):
        _answer_section(evaluation, user, place)


def _start(user: User, questionnaire: Questionnaire, municipality: Municipality) -> Evaluation:
    evaluation, _is_new = evaluation_start(
        user=user, questionnaire=questionnaire, municipality=municipality, is_sample=True
    )
    return evaluation


def _answer_section(evaluation: Evaluation, user: User, place: int) -> None:
    """Answer a section, and what its first answers brought up."""
    for _round in range(2):
        state = evaluation_state(evaluation)
        section = open_sections(state)[place]
        values = {
            path: value
            for number, path in enumerate(visible_questions(state, section))
            if (value := _picked(state, path, place + number))
        }
        section_save(evaluation=evaluation, user=user, section=section, values=values)


def _picked(state: FormState, path: str, number: int) -> str:
    """Choose an answer: the first choice where nothing is scored, so that all questions are asked."""
    item = state.definition.by_path[template_path(path)]
    choices = state.choices(path) if isinstance(item, Question) and item.choice_list else ()
    if not choices:
        return ""
    is_scored = any(choice.points for choice in choices)
    return choices[PICKS[number % len(PICKS)] % len(choices) if is_scored else 0].name
