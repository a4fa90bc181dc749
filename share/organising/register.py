"""What organising encounters tells the kernel about itself: notices, handover, and what it keeps about people."""

from django.utils.translation import gettext_lazy as _

from portal.accounts.handovers import handovers
from portal.accounts.personal_data import Erasure, SubjectAccess, erasures, subject_accesses
from portal.notices.kinds import NoticeKind, notice_kinds
from share.calendars.invitations import notice_calendar
from share.organising.handover import EVENTS
from share.personal.organising import erase_organising, export_organising
from share.registrations.email_body import registration_email_body
from share.services.events import notices

_YOU_COUNT_ON_IT = _("Porque te anotaste en ese encuentro o dijiste que te interesa.")

NOTICES = (
    NoticeKind(
        id=notices.CHANGED,
        function="share",
        label=_("Cambió un encuentro al que vas o que te interesa"),
        email="now",
        order=20,
        reason=_YOU_COUNT_ON_IT,
        email_body=registration_email_body,
        email_calendar=notice_calendar,
    ),
    NoticeKind(
        id=notices.CANCELLED,
        function="share",
        label=_("Se canceló un encuentro al que ibas o que te interesa"),
        email="now",
        order=21,
        # Nobody may travel to what does not take place because she once turned notices off.
        is_optional=False,
        reason=_YOU_COUNT_ON_IT,
        email_body=notices.cancelled_email_body,
        email_calendar=notice_calendar,
    ),
    NoticeKind(
        id=notices.ORGANISING,
        function="share",
        label=_("Te sumaron a quienes organizan un encuentro"),
        email="now",
        order=22,
        reason=_("Porque alguien que lo organiza te sumó; podés dejarlo cuando quieras."),
    ),
)


def register_organising() -> None:
    """Register everything; called once, by the app's hooks."""
    for kind in NOTICES:
        notice_kinds.register(kind)
    handovers.register(EVENTS)
    subject_accesses.register(
        SubjectAccess(
            id="share.organising", label=_("Encuentros que organizaste"), export=export_organising, order=53
        )
    )
    erasures.register(Erasure(id="share.organising", erase=erase_organising, order=53))
