"""Passing something to the network's team, with a copy of it as it is now."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.safety.models import Report, ReportChange
from portal.safety.reportables import MAX_TEXT, MAX_TITLE, Evidence, reportable_kinds
from portal.safety.services.allowances import allowance_take
from portal.safety.services.telling import tell_moderators

REPORTS_A_DAY = "reports-a-day"


class ThingGone(Exception):
    """What was to be reported is not there any more; the text is for the person."""


@transaction.atomic
def report_send(*, reporter: User, kind: str, object_id: int, category: str, text: str = "") -> Report:
    """Ask the team to look at a thing; a person's report of it that is still open is returned as it is.

    Args:
        kind: id of a registered reportable kind.
        category: one of `Report.Category`.

    Raises:
        LimitReached: she has reported as often as she may for now.
        ThingGone: there is nothing to copy any more.
        UnknownId: nobody registered the kind.
    """
    sort = reportable_kinds.get(kind)
    same = Report.objects.filter(reporter=reporter, kind=sort.id, object_id=object_id, status="open")
    found = same.first()
    if found:
        return found
    evidence = sort.evidence(object_id)
    if evidence is None:
        raise ThingGone(_("Esto ya no está en el portal, así que no hace falta que lo revisemos."))
    try:
        with transaction.atomic():
            allowance_take(user=reporter, limit=REPORTS_A_DAY)
            report = Report.objects.create(
                kind=sort.id,
                object_id=object_id,
                reporter=reporter,
                person_id=evidence.author_id,
                category=category,
                text=text.strip(),
                evidence=_as_kept(evidence),
            )
    except IntegrityError:
        # Two clicks at once: the other made it.
        return same.get()
    ReportChange.objects.create(report=report, to_status=report.status, actor=reporter)
    tell_moderators(report=report)
    return report


def _as_kept(evidence: Evidence) -> dict[str, Any]:
    return {
        "title": _storable(evidence.title)[:MAX_TITLE],
        "text": _storable(evidence.text)[:MAX_TEXT],
        "at": evidence.at.isoformat() if evidence.at else None,
    }


def _storable(text: str) -> str:
    # The database's JSON takes no NUL.
    return text.replace("\0", "")
