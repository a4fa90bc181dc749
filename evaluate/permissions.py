"""Who may do what in Evaluarme, each with the reason that the page shows."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from evaluate.models import Evaluation, EvaluationRun, ItemComment, ItemEvidence, PlanStep, Questionnaire
from evaluate.querysets import acting_coordinators
from portal.accounts.affiliation import is_coordinator_of, works_in
from portal.core.decision import ALLOWED, Decision, denied
from portal.places.models import Municipality

SIGN_IN_FIRST = _("Para responder un cuestionario primero ingresá con tu cuenta.")
NOT_YOUR_PLAN = _("Este plan de mejora es de otra persona o de un municipio donde no trabajás.")
NOT_YOURS = _("Esta autoevaluación es de otra persona o de un municipio donde no trabajás.")
ALREADY_SUBMITTED = _("Esta autoevaluación ya se cerró: sus respuestas no se pueden cambiar.")
ONLY_COORDINATION = _("Esto lo hace quien coordina el municipio. Pedíselo a esa persona.")
NO_TEAM = _("Es una autoevaluación personal: no la ve ni la responde nadie más.")


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
    """A self-check is finished by its owner; a municipality's evaluation is signed by those who lead it.

    The twin of `Evaluation.objects.led_by(user).in_progress()`, and her own self-checks.
    """
    answering = can_answer_evaluation(user, evaluation)
    if not answering or evaluation.is_personal:
        return answering
    return can_lead_evaluation(user, evaluation)


def can_lead_evaluation(user: Any, evaluation: Evaluation) -> Decision:
    """A municipality's coordinators assign, sign, reopen and publish; where it has none, whoever works there.

    The twin of `Evaluation.objects.led_by`. Staff of the network look and do not touch.
    """
    if not user.is_authenticated:
        return denied(SIGN_IN_FIRST)
    if evaluation.is_personal:
        return denied(NO_TEAM)
    if not works_in(user, evaluation.municipality_id):
        return denied(NOT_YOURS)
    if is_coordinator_of(user, evaluation.municipality_id):
        return ALLOWED
    coordinators = acting_coordinators().filter(municipality=evaluation.municipality_id)
    return denied(ONLY_COORDINATION) if coordinators.exists() else ALLOWED


def can_assign_sections(user: Any, evaluation: Evaluation) -> Decision:
    """Those who lead it say who takes which section, while it is being answered."""
    leading = can_lead_evaluation(user, evaluation)
    return leading if not leading or evaluation.is_draft else denied(ALREADY_SUBMITTED)


def can_reopen_evaluation(user: Any, evaluation: Evaluation) -> Decision:
    """Those who lead it reopen what was signed, with a reason."""
    leading = can_lead_evaluation(user, evaluation)
    if not leading:
        return leading
    return denied(_("Esta autoevaluación ya está abierta.")) if evaluation.is_draft else ALLOWED


def can_publish_result(user: Any, evaluation: Evaluation) -> Decision:
    """Those who lead it make a signed and scored result public.

    What is public stays so while the evaluation is reopened, with the date of its signature: it is what was signed.
    The result of the next signature then takes its place.
    """
    leading = can_lead_evaluation(user, evaluation)
    if not leading:
        return leading
    if evaluation.published_at:
        return denied(_("Este resultado ya es público."))
    if evaluation.status != Evaluation.Status.SCORED:
        return denied(
            _("Se publica un resultado firmado y calculado: esta autoevaluación todavía no lo tiene.")
        )
    return ALLOWED


def can_withdraw_result(user: Any, evaluation: Evaluation) -> Decision:
    """Those who lead it take a public result back at any moment, also while it is being corrected."""
    leading = can_lead_evaluation(user, evaluation)
    if not leading:
        return leading
    return ALLOWED if evaluation.published_at else denied(_("Este resultado no es público."))


def can_delete_comment(user: Any, comment: ItemComment) -> Decision:
    """Its author takes a comment back while the evaluation is being answered."""
    answering = can_answer_evaluation(user, comment.evaluation)
    if not answering or comment.author_id == user.pk:
        return answering
    return denied(_("Un comentario lo borra quien lo escribió."))


def can_remove_evidence(user: Any, evidence: ItemEvidence) -> Decision:
    """Who added it takes it away, and who leads the evaluation, while it is being answered."""
    answering = can_answer_evaluation(user, evidence.evaluation)
    if not answering or evidence.added_by_id == user.pk:
        return answering
    if can_lead_evaluation(user, evidence.evaluation):
        return ALLOWED
    return denied(_("Una evidencia la quita quien la agregó o quien coordina el municipio."))


def can_manage_questionnaires(user: Any) -> Decision:
    """Questionnaires are published and retired by staff."""
    if user.is_authenticated and user.is_staff:
        return ALLOWED
    return denied(_("Los cuestionarios los publica el equipo de la red."))


def can_see_network(user: Any) -> Decision:
    """How the whole network stands, town by town, and its anonymised answers are for staff."""
    if user.is_authenticated and user.is_staff:
        return ALLOWED
    return denied(_("El panorama de toda la red lo ve el equipo de la red."))


def can_retry_run(user: Any, run: EvaluationRun) -> Decision:
    """Staff may have a failed scoring tried again."""
    if not can_manage_questionnaires(user):
        return denied(_("Los cálculos los repite el equipo de la red."))
    if run.status != EvaluationRun.Status.FAILED:
        return denied(_("Este cálculo no falló: no hace falta repetirlo."))
    later = EvaluationRun.objects.filter(evaluation=run.evaluation_id, pk__gt=run.pk)
    if run.evaluation.is_draft or later.exists():
        return denied(_("La autoevaluación se reabrió después de este cálculo: cuenta el de la firma nueva."))
    return ALLOWED


def can_see_plan_step(user: Any, step: PlanStep) -> Decision:
    """A plan is seen by those who work in its municipality, and by staff; a person's own by herself alone.

    The twin of `PlanStep.objects.visible_to`.
    """
    if user.is_authenticated and user.is_staff and not step.is_personal:
        return ALLOWED
    return can_edit_plan_step(user, step)


def can_edit_plan_step(user: Any, step: PlanStep) -> Decision:
    """Those who work in the municipality change its plan; staff of the network look and do not touch.

    The twin of `PlanStep.objects.editable_by`.
    """
    if step.is_personal:
        is_own = user.is_authenticated and step.owner_id == user.pk
        return ALLOWED if is_own else denied(NOT_YOUR_PLAN)
    return can_edit_plan(user, step.municipality_id)


def can_edit_plan(user: Any, municipality: Municipality | int | None) -> Decision:
    """Whoever works in a municipality now adds to its plan; everybody has one of her own (no municipality)."""
    if not user.is_authenticated:
        return denied(SIGN_IN_FIRST)
    if municipality is None or works_in(user, municipality):
        return ALLOWED
    return denied(NOT_YOUR_PLAN)


def _takes_part(user: Any, evaluation: Evaluation) -> Decision:
    if evaluation.is_personal:
        return ALLOWED if evaluation.owner_id == user.pk else denied(NOT_YOURS)
    return ALLOWED if works_in(user, evaluation.municipality_id) else denied(NOT_YOURS)
