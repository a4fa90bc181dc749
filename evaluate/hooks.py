"""What this app tells the kernel about itself."""

from typing import Any

from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from evaluate import personal, samples, starter
from evaluate.attachments import ANSWER_FILE, EVIDENCE_FILE
from evaluate.entries import ENTRY_KIND, RESULT_KIND, entry_drafts, result_drafts
from evaluate.models import Answer, Evaluation, ItemEvidence
from evaluate.panels import questionnaires_panel
from evaluate.services.assignments import ASSIGNED_NOTICE, READY_NOTICE, REMINDER_NOTICE
from evaluate.services.comments import COMMENTED_NOTICE
from evaluate.services.current_results import current_result_fall_back
from evaluate.services.handing_over import SECTIONS, STEPS
from evaluate.services.plans import PLAN_ASSIGNED_NOTICE, PLAN_DUE_NOTICE
from evaluate.services.reopening import REOPENED_NOTICE
from evaluate.services.result_entries import result_entry_withdraw
from evaluate.services.scoring import NOTICE_KIND
from portal.accounts.handovers import handovers
from portal.accounts.personal_data import (
    Erasure,
    PersonalModel,
    SubjectAccess,
    erasures,
    personal_models,
    subject_accesses,
)
from portal.catalog.kinds import EntryKind, EntryPanel, entry_kinds, entry_panels
from portal.core.functions import PortalFunction, functions
from portal.core.starter import SampleContent, StarterContent, sample_contents, starter_contents
from portal.files.models import StoredFile
from portal.files.uses import file_uses
from portal.notices.kinds import NoticeKind, notice_kinds

functions.register(
    PortalFunction(
        id="evaluate",
        name=_("Evaluarme"),
        promise=_("Autoevaluaciones que muestran dónde está tu municipio y qué puede mejorar."),
        order=5,
        url_name="evaluate:questionnaire-list",
    )
)
entry_kinds.register(
    EntryKind(
        id=ENTRY_KIND,
        label=_("Cuestionario"),
        label_plural=_("Cuestionarios"),
        function="evaluate",
        drafts=entry_drafts,
        order=20,
    )
)
entry_kinds.register(
    EntryKind(
        id=RESULT_KIND,
        label=_("Resultado de un municipio"),
        label_plural=_("Resultados de municipios"),
        function="evaluate",
        drafts=result_drafts,
        order=21,
    )
)
entry_panels.register(
    EntryPanel(
        id="questionnaires",
        template_name="evaluate/_questionnaires_panel.html",
        context=questionnaires_panel,
        kinds=frozenset({"solution"}),
        order=20,
    )
)
file_uses.register(ANSWER_FILE)
file_uses.register(EVIDENCE_FILE)
notice_kinds.register(
    NoticeKind(
        id=NOTICE_KIND,
        function="evaluate",
        label=_("Una autoevaluación que firmaste ya tiene resultado"),
        reason=_("Porque firmaste la autoevaluación de tu municipio."),
        order=30,
    )
)
notice_kinds.register(
    NoticeKind(
        id=ASSIGNED_NOTICE,
        function="evaluate",
        label=_("Te toca una sección de una autoevaluación"),
        reason=_("Porque alguien de tu municipio te pasó una sección de una autoevaluación."),
        order=31,
    )
)
notice_kinds.register(
    NoticeKind(
        id=READY_NOTICE,
        function="evaluate",
        label=_("Una autoevaluación está lista para que la firmes"),
        reason=_("Porque podés firmar la autoevaluación de tu municipio."),
        order=32,
    )
)
notice_kinds.register(
    NoticeKind(
        id=REMINDER_NOTICE,
        function="evaluate",
        label=_("Un recordatorio de tus secciones pendientes"),
        reason=_("Porque tenés secciones sin terminar en una autoevaluación y tu equipo las espera."),
        order=33,
    )
)
notice_kinds.register(
    NoticeKind(
        id=REOPENED_NOTICE,
        function="evaluate",
        label=_("Se reabrió una autoevaluación en la que participás"),
        reason=_("Porque tenés secciones en una autoevaluación que se reabrió."),
        order=34,
    )
)
notice_kinds.register(
    NoticeKind(
        id=COMMENTED_NOTICE,
        function="evaluate",
        label=_("Comentarios en preguntas donde participás"),
        reason=_("Porque tenés a cargo la sección de esa pregunta, o comentaste en ella."),
        email="daily",
        order=35,
    )
)
notice_kinds.register(
    NoticeKind(
        id=PLAN_ASSIGNED_NOTICE,
        function="evaluate",
        label=_("Te ponen a cargo de un paso del plan de mejora"),
        reason=_("Porque sos responsable de un paso del plan de mejora."),
        order=35,
    )
)
notice_kinds.register(
    NoticeKind(
        id=PLAN_DUE_NOTICE,
        function="evaluate",
        label=_("Falta una semana para un paso del plan a tu cargo"),
        reason=_("Porque sos responsable de un paso del plan de mejora que vence pronto."),
        order=36,
    )
)
starter_contents.register(
    StarterContent(
        id="questionnaires",
        label=_("Cuestionarios"),
        load=starter.load_questionnaires,
        version=starter.content_version(),
        order=40,
    )
)
sample_contents.register(
    SampleContent(
        id="evaluations",
        label=_("Evaluaciones de muestra"),
        create=samples.create_samples,
        remove=samples.remove_samples,
        order=40,
    )
)

_UNTIL_ERASED = _(
    "Tus autoevaluaciones personales, hasta que borrás tu cuenta; "
    "en las del municipio queda la respuesta sin tu nombre."
)
for _name, _label, _fields, _reason in (
    (
        "Evaluation",
        _("Autoevaluaciones que empezás o enviás"),
        ("owner", "submitted_by", "published_by"),
        _("Mostrarte las tuyas y que tu municipio sepa quién las empezó, quién las firmó y quién publicó."),
    ),
    (
        "Answer",
        _("Respuestas que das"),
        ("answered_by", "value", "reason", "file"),
        _("Calcular el resultado y que tu equipo sepa quién respondió cada pregunta."),
    ),
    (
        "AnswerRevision",
        _("Respuestas tuyas que otra persona cambió"),
        ("answered_by", "replaced_by", "value", "reason"),
        _("Que nada de lo que escribió tu equipo se pierda cuando dos personas responden lo mismo."),
    ),
    (
        "SectionAssignment",
        _("Secciones que te tocan"),
        ("person", "assigned_by"),
        _("Que tu equipo sepa quién responde cada parte."),
    ),
    (
        "ItemComment",
        _("Comentarios que escribís en una autoevaluación"),
        ("author", "text"),
        _("Que tu equipo se ponga de acuerdo sobre cada respuesta."),
    ),
    (
        "ItemEvidence",
        _("Evidencias que agregás a una autoevaluación"),
        ("added_by", "title", "file", "url"),
        _("Mostrar en qué se apoya cada respuesta."),
    ),
    (
        "PlanStep",
        _("Pasos del plan de mejora a tu nombre"),
        ("owner", "responsible", "title", "notes"),
        _("Que se sepa quién hace cada cosa y para cuándo."),
    ),
    (
        "PlanStepChange",
        _("Cambios que hacés en un plan de mejora"),
        ("actor", "note"),
        _("Dejar registro de quién movió cada paso."),
    ),
    (
        "QuestionnaireVersion",
        _("Cuestionarios que editás"),
        ("edited_by",),
        _("Que el equipo de la red sepa quién cambió un borrador."),
    ),
    (
        "EvaluationChange",
        _("Historial de tus autoevaluaciones"),
        ("actor",),
        _("Dejar registro de quién cambió el estado de cada una."),
    ),
):
    personal_models.register(
        PersonalModel(
            id=f"evaluate.{_name}",
            label=_label,
            fields=_fields,
            reason=_reason,
            until=_UNTIL_ERASED,
            order=40,
        )
    )
subject_accesses.register(
    SubjectAccess(
        id="evaluations", label=_("Tus autoevaluaciones"), export=personal.export_evaluations, order=40
    )
)
subject_accesses.register(
    SubjectAccess(
        id="evaluation-teamwork",
        label=_("Lo que hiciste en las autoevaluaciones y planes de mejora de tu municipio"),
        export=personal.export_teamwork,
        order=41,
    )
)
erasures.register(Erasure(id="evaluations", erase=personal.erase_evaluations, order=40))
handovers.register(SECTIONS)
handovers.register(STEPS)


@receiver(post_delete, sender=Answer, dispatch_uid="evaluate.delete_answer_file")
def delete_answer_file(instance: Answer, **kwargs: Any) -> None:
    """Take the file away with the answer, however the answer goes: alone, with a sample or with an account."""
    # When cases of a repeated group move up, another answer holds the file by now.
    if instance.file_id and not Answer.objects.filter(file=instance.file_id).exists():
        StoredFile.objects.filter(pk=instance.file_id).delete()


@receiver(post_delete, sender=Evaluation, dispatch_uid="evaluate.fall_back_to_earlier_result")
def fall_back_to_earlier_result(instance: Evaluation, **kwargs: Any) -> None:
    """Give the municipality the result it had before, however the evaluation goes."""
    if instance.municipality_id is not None:
        current_result_fall_back(
            questionnaire_id=instance.questionnaire_id, municipality_id=instance.municipality_id
        )


@receiver(post_delete, sender=ItemEvidence, dispatch_uid="evaluate.delete_evidence_file")
def delete_evidence_file(instance: ItemEvidence, **kwargs: Any) -> None:
    """Take the file away with the evidence, however that goes: alone, with its evaluation or with an account."""
    if instance.file_id:
        StoredFile.objects.filter(pk=instance.file_id).delete()


@receiver(post_delete, sender=Evaluation, dispatch_uid="evaluate.withdraw_result_entry")
def withdraw_result_entry(instance: Evaluation, **kwargs: Any) -> None:
    """Take a public result out of the catalogue with its evaluation."""
    if instance.published_at is not None:
        result_entry_withdraw(evaluation=instance)
