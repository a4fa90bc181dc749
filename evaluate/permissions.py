"""Who may do what in Evaluarme, each with the reason that the page shows."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from evaluate.models import Evaluation, EvaluationRun, Questionnaire
from portal.accounts.affiliation import works_in
from portal.core.decision import ALLOWED, Decision, denied
from portal.places.models import Municipality

SIGN_IN_FIRST = _("Para responder un cuestionario primero ingresá con tu cuenta.")
NOT_YOURS = _("Esta autoevaluación es de otra persona o de un municipio donde no trabajás.")
ALREADY_SUBMITTED = _("Esta autoevaluación ya se envió: sus respuestas no se pueden cambiar.")


def can_start_evaluation(
    user: Any, questionnaire: Questionnaire, municipality: Municipality | None = None
) -> Decision:
    """Anyone with an account for herself; for a municipality, those who work there now."""
    if not user.is_authenticated:
        return denied(SIGN_IN_FIRST)
    if not questionnaire.is_open:
        return denied(_("Este cuestionario está cerrado y no recibe respuestas nuevas."))
    if municipality is None or works_in(user, municipality):
        return ALLOWED
    return denied(_("Por un municipio responde quien trabaja ahí. Pedí sumarte desde tu cuenta."))


def can_see_evaluation(user: Any, evaluation: Evaluation) -> Decision:
    """A self-check is seen by its owner; a municipality's evaluation by those who work there now, and by staff.

    The twin of `Evaluation.objects.visible_to`.
    """
    if not user.is_authenticated:
        return denied(SIGN_IN_FIRST)
    if not evaluation.is_personal and user.is_staff:
        return ALLOWED
    return _takes_part(user, evaluation)


def can_answer_evaluation(user: Any, evaluation: Evaluation) -> Decision:
    """Its own people answer it while it is a draft; staff look and do not touch."""
    if not user.is_authenticated:
        return denied(SIGN_IN_FIRST)
    if not evaluation.is_draft:
        return denied(ALREADY_SUBMITTED)
    return _takes_part(user, evaluation)


def can_submit_evaluation(user: Any, evaluation: Evaluation) -> Decision:
    """Whoever may answer it may hand it in."""
    return can_answer_evaluation(user, evaluation)


def can_manage_questionnaires(user: Any) -> Decision:
    """Questionnaires are published and retired by staff."""
    if user.is_authenticated and user.is_staff:
        return ALLOWED
    return denied(_("Los cuestionarios los publica el equipo de la red."))


def can_retry_run(user: Any, run: EvaluationRun) -> Decision:
    """Staff may have a failed scoring tried again."""
    if not can_manage_questionnaires(user):
        return denied(_("Los cálculos los repite el equipo de la red."))
    if run.status != EvaluationRun.Status.FAILED:
        return denied(_("Este cálculo no falló: no hace falta repetirlo."))
    return ALLOWED


def _takes_part(user: Any, evaluation: Evaluation) -> Decision:
    if evaluation.is_personal:
        return ALLOWED if evaluation.owner_id == user.pk else denied(NOT_YOURS)
    return ALLOWED if works_in(user, evaluation.municipality_id) else denied(NOT_YOURS)
