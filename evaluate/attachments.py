"""Files that answer a question or prove its answer: what is taken, and who may read them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from evaluate.models import Answer, ItemEvidence
from evaluate.permissions import can_see_evaluation
from evaluate.services.evidence import FILE_USE as EVIDENCE_USE
from evaluate.services.states import FILE_USE
from portal.core.decision import Decision, denied
from portal.files.content_types import DOCUMENTS, IMAGES, TABLES, TEXTS
from portal.files.models import StoredFile
from portal.files.uses import MIB, FileUse


def may_read_attachment(user: Any, file: StoredFile) -> Decision:
    """Whoever may see the evaluation may read what was attached to it, and nobody else."""
    answer = Answer.objects.filter(file=file).select_related("evaluation").first()
    if answer is None:
        return denied(_("Este archivo ya no acompaña a ninguna respuesta."))
    return can_see_evaluation(user, answer.evaluation)


def may_read_evidence(user: Any, file: StoredFile) -> Decision:
    """Whoever may see the evaluation may read what proves its answers, and nobody else."""
    evidence = ItemEvidence.objects.filter(file=file).select_related("evaluation").first()
    if evidence is None:
        return denied(_("Este archivo ya no acompaña a ninguna pregunta."))
    return can_see_evaluation(user, evidence.evaluation)


ANSWER_FILE = FileUse(
    id=FILE_USE,
    label=_("Respuestas con archivo"),
    max_bytes=10 * MIB,
    content_types=IMAGES | DOCUMENTS | TABLES | TEXTS,
    may_read=may_read_attachment,
)
EVIDENCE_FILE = FileUse(
    id=EVIDENCE_USE,
    label=_("Evidencias de autoevaluaciones"),
    max_bytes=20 * MIB,
    content_types=IMAGES | DOCUMENTS | TABLES | TEXTS,
    may_read=may_read_evidence,
)
