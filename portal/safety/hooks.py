"""What this app tells the kernel about itself."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from portal.accounts.closures import Closure, closures
from portal.accounts.personal_data import (
    Erasure,
    PersonalModel,
    SubjectAccess,
    erasures,
    personal_models,
    subject_accesses,
)
from portal.notices.kinds import NoticeKind, notice_kinds
from portal.safety import entries, personal
from portal.safety.closing import suspension_note
from portal.safety.limits import SendingLimit, sending_limits
from portal.safety.reportables import ReportableKind, reportable_kinds
from portal.safety.services import reports, telling

sending_limits.register(
    SendingLimit(
        id=reports.REPORTS_A_DAY,
        most=20,
        most_when_new=5,
        window=timedelta(days=1),
        message=_(
            "Hoy ya nos mandaste muchas denuncias y queremos mirarlas bien. "
            "Si es urgente, seguí mañana: lo que escribiste antes ya nos llegó."
        ),
    )
)
reportable_kinds.register(
    ReportableKind(
        id="entry",
        label=_("Algo publicado en el portal"),
        evidence=entries.entry_evidence,
        may_report=entries.may_report_entry,
        url=entries.entry_url,
        order=30,
    )
)
closures.register(Closure(id="suspension", note=suspension_note))

notice_kinds.register(
    NoticeKind(
        id=telling.RECEIVED,
        is_for_staff=True,
        label=_("Hay una denuncia por revisar"),
        reason=_("Porque sos parte del equipo que revisa las denuncias."),
        order=90,
    )
)
notice_kinds.register(
    NoticeKind(
        id=telling.DECIDED,
        label=_("Respuesta a algo que denunciaste"),
        reason=_("Porque nos contaste que algo estaba mal."),
        order=91,
    )
)
notice_kinds.register(
    NoticeKind(
        id=telling.WARNING,
        label=_("El equipo de la red te pide algo"),
        reason=_("Porque el equipo de la red revisó algo que hiciste en el portal."),
        order=92,
        is_optional=False,
    )
)

_UNTIL_ERASED = _("Hasta que borrás tu cuenta.")
for _model in (
    PersonalModel(
        "safety.Block",
        _("A quiénes bloqueaste"),
        ("blocker", "blocked", "known_as"),
        _("Para que no se vean ni se puedan escribir."),
        _("Hasta que los sacás, o hasta que vos o la otra persona borran su cuenta."),
        order=90,
    ),
    PersonalModel(
        "safety.Report",
        _("Lo que denunciaste, y las copias de lo que se denunció"),
        ("reporter", "person", "text", "evidence", "decided_by"),
        _("Para que el equipo de la red pueda revisarlo y cuidar a quienes usan el portal."),
        _(
            "Lo que escribiste y tu nombre, hasta que borrás tu cuenta. La copia de algo tuyo que fue denunciado, "
            "también; si falta resolverlo o tu cuenta está suspendida por eso, un año más."
        ),
        order=91,
    ),
    PersonalModel(
        "safety.ReportChange",
        _("Cómo se resolvió cada denuncia"),
        ("actor", "note"),
        _("Para que cada decisión tenga responsable."),
        _("Tu nombre, hasta que borrás tu cuenta; las notas, hasta que se borra la copia de lo denunciado."),
        order=92,
    ),
    PersonalModel(
        "safety.Suspension",
        _("Las suspensiones de tu cuenta"),
        ("user", "reason", "suspended_by", "lifted_by", "appeal"),
        _("Para que sepas por qué no podés ingresar y quede quién lo decidió."),
        _(
            "Hasta que borrás tu cuenta; si estaba suspendida por una denuncia, el motivo se conserva un año más."
        ),
        order=93,
    ),
    PersonalModel(
        "safety.Allowance",
        _("Cuántas cosas mandaste en los últimos días"),
        ("user", "used"),
        _("Para frenar el envío masivo desde una cuenta."),
        _("Una semana."),
        order=94,
    ),
):
    personal_models.register(_model)

subject_accesses.register(
    SubjectAccess("blocks", _("A quiénes bloqueaste"), personal.export_blocks, order=90)
)
subject_accesses.register(
    SubjectAccess("reports", _("Lo que denunciaste"), personal.export_reports, order=91)
)
subject_accesses.register(
    SubjectAccess("suspensions", _("Las suspensiones de tu cuenta"), personal.export_suspensions, order=93)
)
subject_accesses.register(
    SubjectAccess("moderation", _("Denuncias que resolviste"), personal.export_moderation, order=94)
)
erasures.register(Erasure("safety", personal.erase_safety, order=80))
