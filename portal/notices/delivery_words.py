"""What became of the e-mail of a notice, in words for the person it was for."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from portal.notices.models import Notification

STATUS, MODE = Notification.EmailStatus, Notification.EmailMode
# What waits no longer than this is as good as gone out.
SOON = timedelta(minutes=2)


def delivery_words(notice: Notification) -> str:
    """Say by e-mail or not, when it went or will go, or what stands in its way; times in the active time zone.

    Args:
        notice: with its user loaded.
    """
    if notice.email_status == STATUS.SENT:
        return _sent(notice)
    if notice.email_status == STATUS.PENDING:
        return _waiting(notice) if notice.email_attempts == 0 else _tried(notice)
    if notice.email_status == STATUS.FAILED:
        return _given_up(notice)
    return _not_sent(notice)


def moment_words(value: datetime | None) -> str:
    """Write a moment with its weekday, in the active time zone; nothing where there is none."""
    if value is None:
        return ""
    said = date_format(timezone.localtime(value), _(r"l j \d\e F \d\e Y, H:i"))
    # Spanish and Portuguese write days and months small; Django's translations are of two minds.
    return said if (get_language() or "").startswith("en") else said.lower()


def problem_words(problem: str) -> str:
    """Say what the mail server answered to the last attempt; nothing where it was not asked.

    Args:
        problem: a word of ours, with the server's code before it if it gave one ("451 recipient").
    """
    code, _space, word = problem.rpartition(" ")
    said = {
        "recipient": _("el servidor de tu correo no aceptó tu dirección"),
        "message": _("el servidor de tu correo no aceptó el mensaje"),
        "server": _("el servidor de correo no aceptó el envío"),
        "timeout": _("el servidor de correo no respondió a tiempo"),
        "disconnected": _("el servidor de correo cortó la conexión"),
        "unreachable": _("no pudimos conectarnos con el servidor de correo"),
        "unwritable": _("el mensaje no se pudo armar"),
    }.get(word, problem)
    return _("%(problem)s (código %(code)s)") % {"problem": said, "code": code} if code else said


def _sent(notice: Notification) -> str:
    when = {"when": moment_words(notice.emailed_at)}
    if notice.email_mode == MODE.NOW:
        return _("Te lo mandamos el %(when)s.") % when
    if notice.email_mode == MODE.WEEKLY:
        return _("Fue en el resumen de la semana, el %(when)s.") % when
    return _("Fue en el resumen del día, el %(when)s.") % when


def _waiting(notice: Notification) -> str:
    when = {"when": moment_words(notice.email_due_at)}
    if notice.email_mode == MODE.DAILY:
        return _("Va en tu resumen del día: sale el %(when)s, si antes no lo leés en el portal.") % when
    if notice.email_mode == MODE.WEEKLY:
        return _("Va en tu resumen de la semana: sale el %(when)s, si antes no lo leés en el portal.") % when
    if notice.email_due_at <= timezone.now() + SOON:
        return _("Está por salir.")
    return _("Sale el %(when)s: espera a que terminen tus horas sin correos, o a juntarse con otros.") % when


def _tried(notice: Notification) -> str:
    return _("Todavía no salió: %(problem)s. %(attempts)s, y probamos de nuevo el %(when)s.") % {
        "problem": problem_words(notice.email_problem),
        "attempts": _attempts(notice),
        "when": moment_words(notice.email_due_at),
    }


def _given_up(notice: Notification) -> str:
    said = {"problem": problem_words(notice.email_problem), "attempts": _attempts(notice)}
    if not notice.email_problem:
        return _("No lo pudimos mandar. %(attempts)s.") % said
    return _("No lo pudimos mandar: %(problem)s. %(attempts)s.") % said


def _not_sent(notice: Notification) -> str:
    if notice.user.is_sample:
        return _("No se envía: a las cuentas de muestra no les mandamos correos.")
    if notice.email_mode == MODE.NEVER:
        return _("No te lo mandamos: estos avisos no te llegan por correo.")
    if notice.is_folded:
        return _("No te lo mandamos aparte: lo cuenta el aviso que vino después.")
    if notice.read_at:
        return _("No te lo mandamos: lo leíste antes en el portal.")
    return _("No te lo mandamos.")


def _attempts(notice: Notification) -> str:
    number = notice.email_attempts
    return ngettext("Probamos %(number)d vez", "Probamos %(number)d veces", number) % {"number": number}
