"""What registrations tell the kernel about themselves: notices, personal data, and what they listen to."""

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Membership
from portal.accounts.personal_data import Erasure, SubjectAccess, erasures, subject_accesses
from portal.core.events import (
    event_cancelled,
    event_changed,
    event_published,
    membership_ended,
)
from portal.core.jobs import queue_now
from portal.notices.kinds import NoticeKind, notice_kinds
from portal.safety.limits import SendingLimit, sending_limits
from share.calendars.invitations import notice_calendar
from share.personal.registrations import erase_registrations, export_registrations
from share.registrations.email_body import registration_email_body
from share.services import capacity_alerts, offers, organiser_digest, registration_notices, reminders
from share.services.registrations import WISHES_LIMIT

WISHES = SendingLimit(
    id=WISHES_LIMIT,
    most=60,
    most_when_new=30,
    window=timedelta(hours=1),
    message=_("Cambiaste de idea muchas veces en poco tiempo. Esperá un rato y volvé a intentar."),
    order=60,
)
_YOU_REGISTERED = _("Porque te anotaste en ese encuentro.")

NOTICES = (
    NoticeKind(
        id=registration_notices.REGISTERED,
        function="share",
        label=_("Tu inscripción a un encuentro"),
        email="now",
        order=10,
        reason=_("Porque tenés un lugar en ese encuentro."),
        email_body=registration_email_body,
        email_calendar=notice_calendar,
    ),
    NoticeKind(
        id=registration_notices.WAITING,
        function="share",
        label=_("Estás en la lista de espera de un encuentro"),
        email="now",
        order=11,
        reason=_YOU_REGISTERED,
        email_body=registration_email_body,
        email_calendar=notice_calendar,
    ),
    NoticeKind(
        id=registration_notices.OFFER,
        function="share",
        label=_("Hay un lugar para vos en un encuentro"),
        email="now",
        order=12,
        # Nobody may lose a place that she waited for because she once turned notices off.
        is_optional=False,
        reason=_("Porque estabas en la lista de espera y te toca."),
        email_body=registration_email_body,
        email_calendar=notice_calendar,
    ),
    NoticeKind(
        id=registration_notices.LAPSED,
        function="share",
        label=_("Pasó el tiempo para confirmar un lugar"),
        email="now",
        order=13,
        reason=_("Porque te habíamos guardado un lugar en ese encuentro."),
        email_calendar=notice_calendar,
    ),
    NoticeKind(
        id=registration_notices.TAKEN_OFF,
        function="share",
        label=_("Ya no estás en la lista de un encuentro"),
        email="now",
        order=14,
        is_optional=False,
        reason=_YOU_REGISTERED,
        email_calendar=notice_calendar,
    ),
    NoticeKind(
        id=reminders.KIND,
        function="share",
        label=_("Recordatorios de tus encuentros"),
        email="now",
        order=15,
        reason=_("Porque vas a ese encuentro o dijiste que te interesa."),
        email_body=registration_email_body,
    ),
    NoticeKind(
        id=capacity_alerts.CAPACITY,
        function="share",
        label=_("Se llena un encuentro que organizás"),
        email="now",
        order=20,
        reason=_("Porque organizás ese encuentro."),
    ),
    NoticeKind(
        id=organiser_digest.KIND,
        function="share",
        label=_("Inscripciones nuevas a encuentros que organizás"),
        email="daily",
        order=21,
        reason=_("Porque organizás ese encuentro."),
    ),
)


def register_registrations() -> None:
    """Register everything; called once, by the app's hooks."""
    for kind in NOTICES:
        notice_kinds.register(kind)
    sending_limits.register(WISHES)
    subject_accesses.register(
        SubjectAccess(
            id="registrations",
            label=_("Tus inscripciones a encuentros"),
            export=export_registrations,
            order=50,
        )
    )
    erasures.register(Erasure(id="registrations", erase=erase_registrations, order=50))
    for event in (event_published, event_changed, event_cancelled):
        event.connect(on_event_told, dispatch_uid="share.reminders_plan", weak=False)
    membership_ended.connect(on_membership_ended, dispatch_uid="share.free_places_of", weak=False)


def on_event_told(event_id: int, **kwargs: Any) -> None:
    """Plan its reminders anew, and let no offer outlast it: it was published, moved, or does not take place."""
    reminders.reminders_plan(event_id=event_id)
    offers.offers_shorten(event_id=event_id)


def on_membership_ended(membership_id: int, **kwargs: Any) -> None:
    """Free the places of whoever left, if she is not of the network any more; the sweep finds what is lost here."""
    user_id = Membership.objects.filter(pk=membership_id).values_list("user_id", flat=True).first()
    if user_id is not None:
        queue_now("share.tasks.registrations.free_places_of", user_id)
