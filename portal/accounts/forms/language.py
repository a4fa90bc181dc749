"""Language and time zone, as people choose them."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.accounts.services import account_language_and_time_save
from portal.accounts.time_zones import known_zone, zone_choices


class BrowserZoneField(forms.CharField):
    """A hidden field that a script fills with the browser's time zone; anything else leaves the portal's own."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.HiddenInput(attrs={"data-browser-zone": ""})
        super().__init__(required=False, widget=widget, **kwargs)

    def clean(self, value: Any) -> str:
        """Return a zone that there is."""
        return known_zone(str(value or "")) or settings.TIME_ZONE


class LanguageAndTimeForm(forms.Form):
    """Chooses the language of notices and e-mails, and the time zone that their hours are told in."""

    language = forms.ChoiceField(
        label=_("Idioma de los avisos y correos"),
        choices=settings.LANGUAGES,
        help_text=_(
            "El idioma de las páginas se cambia al pie de cualquiera de ellas, y este cambia con él."
        ),
    )
    time_zone = forms.ChoiceField(
        label=_("Zona horaria"),
        choices=zone_choices,
        help_text=_("Con ella sabemos cuándo es de mañana donde estás. Primero están los países de la red."),
        widget=forms.Select(
            attrs={
                "data-zone-choice": "",
                "data-find-label": _("Buscar ciudad o país"),
                "data-offer-label": _("Tu navegador dice que estás en %s."),
                "data-take-label": _("Usar esa"),
                "data-none-label": _("Ninguna ciudad ni país se llama así."),
            }
        ),
        error_messages={"invalid_choice": _("Esa zona horaria no existe. Elegí una de la lista.")},
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        now = {"language": user.language, "time_zone": known_zone(user.time_zone) or settings.TIME_ZONE}
        super().__init__(*args, **{**kwargs, "initial": now})
        self.user = user

    def save(self) -> User:
        """Keep the choice."""
        return account_language_and_time_save(
            user=self.user,
            language=self.cleaned_data["language"],
            time_zone=self.cleaned_data["time_zone"],
        )
