"""What people are told about reports: nothing of it tells who reported, nor what became of whom."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_noop

from portal.accounts.models import User
from portal.notices.services import notify
from portal.notices.texts import Text
from portal.safety.models import Report
from portal.safety.permissions import moderators

RECEIVED = "report-received"
DECIDED = "report-decided"
WARNING = "safety-warning"


def tell_moderators(*, report: Report) -> None:
    """Tell those who may decide that something waits; the notice names nobody."""
    parties = {report.reporter_id, report.person_id}
    notify(
        users=[person for person in moderators() if person.pk not in parties],
        kind=RECEIVED,
        text=Text(
            gettext_noop("Hay una denuncia por revisar: %(category)s."),
            category=report.get_category_display(),
        ),
        url=reverse("admin:safety_report_change", args=[report.pk]),
        fact=f"report:{report.pk}",
    )


def tell_reporters(*, reports: Iterable[Report]) -> None:
    """Tell those who reported that the team has looked, and in general what came of it."""
    for report in reports:
        if report.reporter is None:
            continue
        if report.status == Report.Status.UPHELD:
            text = gettext_noop(
                "Revisamos lo que nos contaste y tomamos medidas. Gracias por cuidar el espacio de todos."
            )
        else:
            text = gettext_noop(
                "Revisamos lo que nos contaste y esta vez no hizo falta actuar. "
                "Si vuelve a pasar, contanos de nuevo; también podés bloquear a la persona."
            )
        notify(users=report.reporter, kind=DECIDED, text=Text(text), fact=f"report:{report.pk}:decided")


def tell_warned(*, person: User, warning: str, report: Report) -> None:
    """Tell a person what the team asks of her; of the report she learns nothing more."""
    notify(
        users=person,
        kind=WARNING,
        text=Text(gettext_noop("El equipo de la red te pide algo: %(warning)s"), warning=warning),
        fact=f"warning:{report.pk}",
    )
