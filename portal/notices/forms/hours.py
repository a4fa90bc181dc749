"""When e-mails come, by whose clock, and in which language."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.accounts.forms.language import LanguageAndTimeForm
from portal.accounts.models import User
from portal.notices.models import NoticeSettings
from portal.notices.services import settings_save

MISSING_UNTIL = _("Escribí también hasta qué hora, o dejá las dos en blanco.")
MISSING_FROM = _("Escribí también desde qué hora, o dejá las dos en blanco.")
SAME_HOUR = _(
    "Las dos horas son iguales. Cambiá una, o dejá las dos en blanco para recibir correos a toda hora."
)


class HoursForm(LanguageAndTimeForm):
    """Quiet hours, the day of the weekly digest, language and time zone."""

    quiet_from = forms.TimeField(
        label=_("Sin correos desde las"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("Escribí una hora del día, por ejemplo 22:00.")},
    )
    quiet_until = forms.TimeField(
        label=_("Hasta las"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("Escribí una hora del día, por ejemplo 7:00.")},
    )
    digest_weekday = forms.TypedChoiceField(
        label=_("Día del resumen semanal"),
        choices=NoticeSettings.Weekday.choices,
        coerce=int,
        help_text=_("Los resúmenes salen a la mañana, en tu hora."),
    )
    field_order = ("quiet_from", "quiet_until", "digest_weekday", "language", "time_zone")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        now = NoticeSettings.objects.filter(user=user).first() or NoticeSettings()
        self.initial = {
            **self.initial,
            "quiet_from": now.quiet_from,
            "quiet_until": now.quiet_until,
            "digest_weekday": now.digest_weekday,
        }

    def clean(self) -> dict[str, Any]:
        """Ask for both quiet hours or none; a message stands beside the one that is missing."""
        chosen = super().clean() or self.cleaned_data
        if self.errors.keys() & {"quiet_from", "quiet_until"}:
            return chosen
        start, end = chosen.get("quiet_from"), chosen.get("quiet_until")
        if start is not None and end is None:
            self.add_error("quiet_until", MISSING_UNTIL)
        elif end is not None and start is None:
            self.add_error("quiet_from", MISSING_FROM)
        elif start is not None and start == end:
            self.add_error("quiet_until", SAME_HOUR)
        return chosen

    def save(self) -> User:
        """Keep it all; what waits to be sent is timed anew."""
        user = super().save()
        settings_save(
            user=user,
            quiet_from=self.cleaned_data["quiet_from"],
            quiet_until=self.cleaned_data["quiet_until"],
            digest_weekday=self.cleaned_data["digest_weekday"],
        )
        return user
