"""Deciding about reports: every step leaves a row that says who, when, what and why."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.audit.services import audit_record
from portal.safety.models import Report, ReportChange
from portal.safety.permissions import can_decide_report, can_moderate
from portal.safety.reportables import reportable_kinds
from portal.safety.services.suspensions import SuspensionRefused, suspension_start
from portal.safety.services.telling import tell_reporters, tell_warned

HIDDEN, WARNED, SUSPENDED = "hidden", "warned", "suspended"


class ReportConflict(Exception):
    """The report was decided meanwhile, or a measure does not apply; the message is for the team's page."""

    def __init__(self, message: str | Promise) -> None:
        super().__init__(str(message))


@dataclass(frozen=True)
class Measures:
    """What is done about a thing or its person; nothing at all means that the report is dismissed.

    Args:
        hide: take the thing away.
        warning: what the person is told.
        suspension: what she reads when she tries to sign in.
        until: when the suspension ends; nothing when somebody has to end it.
    """

    hide: bool = False
    warning: str = ""
    suspension: str = ""
    until: datetime | None = None

    @property
    def names(self) -> list[str]:
        """The measures by their names in the history."""
        chosen = ((HIDDEN, self.hide), (WARNED, bool(self.warning)), (SUSPENDED, bool(self.suspension)))
        return [name for name, is_chosen in chosen if is_chosen]


@transaction.atomic
def report_decide(*, report: Report, actor: User, measures: Measures, note: str) -> list[Report]:
    """Decide about a thing: all open reports of it are answered together, so that nobody decides it twice.

    Args:
        note: why, for the team.

    Returns:
        the reports that were decided, the one that was looked at among them.

    Raises:
        PermissionDenied: the actor does not moderate, reported the thing herself, or it is about her.
        ReportConflict: somebody decided it first, or a measure does not apply.
    """
    can_moderate(actor).require()
    # All of the thing's reports are held in one order, so that two moderators wait for each other and not for ever.
    same = Report.objects.filter(kind=report.kind, object_id=report.object_id).order_by("pk")
    held = list(same.select_for_update(of=("self",)).select_related("reporter", "person"))
    current = next((one for one in held if one.pk == report.pk), None)
    if current is None or current.status != Report.Status.OPEN:
        raise ReportConflict(_already_decided(current))
    can_decide_report(actor, current).require()
    _apply(current, measures, actor)
    deciding = [one for one in held if one.status == Report.Status.OPEN]
    for one in deciding:
        _close(one, measures, actor, note)
    tell_reporters(reports=deciding)
    return deciding


def _already_decided(report: Report | None) -> str:
    if report is None:
        return _("Esta denuncia ya no está.")
    who = str(report.decided_by) if report.decided_by else _("otra persona del equipo")
    return _("%(who)s ya la resolvió (%(status)s). No cambiamos nada.") % {
        "who": who,
        "status": report.get_status_display(),
    }


def _apply(report: Report, measures: Measures, actor: User) -> None:
    if measures.hide:
        _hide(report, actor)
    if not (measures.warning or measures.suspension):
        return
    if report.person is None or report.person.erased_at:
        raise ReportConflict(_("La persona ya no tiene cuenta: no se le puede avisar ni suspender."))
    if measures.warning:
        tell_warned(person=report.person, warning=measures.warning, report=report)
    if measures.suspension:
        try:
            suspension_start(
                user=report.person,
                reason=measures.suspension,
                until=measures.until,
                actor=actor,
                report=report,
            )
        except SuspensionRefused as refusal:
            raise ReportConflict(str(refusal)) from refusal


def _hide(report: Report, actor: User) -> None:
    kind = reportable_kinds.get(report.kind) if report.kind in reportable_kinds else None
    if kind is None or kind.hide is None:
        raise ReportConflict(_("Esto no se puede ocultar desde acá."))
    kind.hide(report.object_id, actor)


def _close(report: Report, measures: Measures, actor: User, note: str) -> None:
    came_from = report.status
    report.status = Report.Status.UPHELD if measures.names else Report.Status.DISMISSED
    report.decided_by, report.decided_at = actor, timezone.now()
    report.save(update_fields=["status", "decided_by", "decided_at"])
    for measure in measures.names or [""]:
        ReportChange.objects.create(
            report=report, from_status=came_from, to_status=report.status, measure=measure, actor=actor,
            note=note.strip()[:500],
        )  # fmt: skip
    audit_record(
        action="report.decided",
        target=report,
        before={"status": came_from},
        after={"status": report.status, "measures": measures.names},
        actor_id=actor.pk,
    )
