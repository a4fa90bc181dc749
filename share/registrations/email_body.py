"""What an e-mail about an event says below its sentence: when and where, and how to connect for who goes."""

from django.utils.translation import gettext as _

from portal.notices.models import Notification
from share.codes import code_shown
from share.events.clock import Clock, clock_of, reader_clock
from share.models import Event, Registration
from share.permissions.registrations import can_see_link


def registration_email_body(notice: Notification) -> str:
    """Return what there is to know of the event, for the person as she stands when the e-mail goes out.

    The notice's fact names the registration ("registration:7:31") or the event ("event:5:reminder:day:…").
    """
    rows = Registration.objects.filter(user_id=notice.user_id).select_related("event", "user")
    of, _colon, rest = notice.fact.partition(":")
    key = rest.partition(":")[0]
    if not key.isdigit():
        return ""
    found = rows.filter(**{"pk" if of == "registration" else "event_id": int(key)}).first()
    if found is None or found.event.hidden_at:
        return ""
    return "\n".join(_lines(found.event, found))


def _lines(event: Event, registration: Registration) -> list[str]:
    lines = [event.title, _("Cuándo: %(when)s (%(zone)s)") % _said(clock_of(event))]
    here = reader_clock(event, registration.user.time_zone)
    if here:
        lines.append(_("En tu reloj: %(when)s (%(zone)s)") % _said(here))
    if event.is_in_person:
        place = ", ".join(filter(None, [event.venue, event.address]))
        lines.append(_("Dónde: %(place)s") % {"place": place})
    if registration.status != Registration.Status.GOING:
        return lines
    if event.link and can_see_link(registration.user, event, registration):
        lines.append(_("Para conectarte: %(link)s") % {"link": event.link})
        lines += [event.link_note] if event.link_note else []
    if registration.code:
        lines.append(_("Tu código para entrar: %(code)s") % {"code": code_shown(registration.code)})
    lines.append(
        _("Si no podés ir, avisanos desde la página del encuentro: tu lugar le sirve a otra persona.")
    )
    return lines


def _said(clock: Clock) -> dict[str, str]:
    return {"when": clock.text, "zone": clock.zone}
