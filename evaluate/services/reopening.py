"""Reopening what was signed, so that it can be corrected and signed anew."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from evaluate.models import Evaluation, EvaluationChange
from evaluate.services.scoring import run_cancel
from evaluate.services.team import people_with_sections
from portal.audit.services import audit_record
from portal.notices.services import notify
from portal.notices.texts import Text

REOPENED_NOTICE = "evaluation-reopened"
MAX_REASON = 300


class CannotReopen(Exception):
    """An evaluation cannot be opened again; `other` is the draft that stands in its way, if there is one."""

    def __init__(self, message: str, other: Evaluation | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.other = other


@transaction.atomic
def evaluation_reopen(*, evaluation: Evaluation, user: Any, reason: str) -> Evaluation:
    """Open a signed evaluation again, and say why.

    What was signed stays what it was until the next signature: its date, its result and, where the town had made it
    public, its public page, which says that it is being corrected. A scoring that was not finished is cancelled. The
    evaluation's row is taken first, as a worker takes it: if the worker comes first, the result is there and the
    evaluation is opened after it; if not, the worker finds nothing to do.

    Raises:
        CannotReopen: it is open already, or the town has another one of this questionnaire open.
    """
    held = Evaluation.objects.with_questionnaire().select_for_update(of=("self",)).get(pk=evaluation.pk)
    if held.is_draft:
        raise CannotReopen(
            _("Esta autoevaluación ya está abierta: quizás la reabrió otra persona recién."), held
        )
    was = held.status
    held.status = Evaluation.Status.DRAFT
    try:
        with transaction.atomic():
            held.save(update_fields=["status", "updated_at"])
    except IntegrityError as error:
        raise _other_is_open(held) from error
    run_cancel(evaluation=held)
    change = EvaluationChange.objects.create(
        evaluation=held, from_status=was, to_status=held.status, actor=user, reason=reason[:MAX_REASON]
    )
    audit_record(
        action="evaluation.reopened", target=held, before={"status": was}, after={"status": held.status}
    )
    _tell(held, user, change)
    return held


def _other_is_open(held: Evaluation) -> CannotReopen:
    others = Evaluation.objects.in_progress().with_questionnaire().exclude(pk=held.pk)
    other = others.filter(questionnaire_id=held.questionnaire_id, municipality=held.municipality_id).first()
    return CannotReopen(
        _(
            "Tu municipio ya tiene otra autoevaluación de este cuestionario en curso. Firmá esa, o seguí en ella."
        ),
        other,
    )


def _tell(held: Evaluation, user: Any, change: EvaluationChange) -> None:
    """Tell those who answer it that they may again, and why."""
    notify(
        users=[person for person in people_with_sections(held) if person.pk != user.pk],
        kind=REOPENED_NOTICE,
        # Without the name of who did it: notices outlive accounts.
        text=Text(
            gettext_noop("Se reabrió «%(title)s» para corregirla: %(reason)s"),
            title=held.version.title[:100],
            reason=change.reason,
        ),
        url=held.get_absolute_url(),
        fact=f"reopened:{change.pk}",
    )
