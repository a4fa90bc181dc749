"""The form in which a person writes her profile, with who may see each part beside it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from connect.file_uses import PHOTO_FILE
from connect.models import Profile
from connect.models.profile import MAX_ABOUT, MAX_HELP, MAX_LINKS
from connect.people.languages import SPOKEN
from connect.services.profiles import WRITTEN
from connect.visibility import Level, profile_fields
from portal.core.form_fields import SafeAddressField, TextField
from portal.files.forms import CheckedFileField
from portal.topics.form_fields import ChosenField, TopicsWidget, labelled, topics_by_area
from portal.topics.labels import area_labels

MAX_NOTE = 140
MAX_LINK_LABEL = 60
MOST_TOPICS = 12
MOST_AREAS = 11
SPARE_LINKS = 2
_TOO_LONG = gettext_lazy("Tiene %(show_value)s caracteres y entran %(limit_value)s. Acortalo un poco.")


def to_come(day: date | None) -> date | None:
    """Return the last day of a pause.

    Raises:
        ValidationError: it has passed.
    """
    if day and day < timezone.localdate():
        raise forms.ValidationError(_("Ese día ya pasó. Elegí uno de hoy en adelante, o dejalo vacío."))
    return day


class PauseForm(forms.Form):
    """Until when no messages are received."""

    needs_nothing = True

    until = forms.DateField(
        label=gettext_lazy("¿Hasta qué día?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Vacío: hasta que la termines."),
        error_messages={"invalid": gettext_lazy("Escribí el día así: 31/12/2026.")},
    )

    def clean_until(self) -> date | None:
        """Refuse a pause that is over before it begins."""
        return to_come(self.cleaned_data["until"])


class ProfileForm(forms.Form):
    """Everything that a person tells colleagues about herself. Nothing of it is needed."""

    use_required_attribute = False
    # The page says so once; beside each field it would be noise.
    needs_nothing = True

    photo = CheckedFileField(use=PHOTO_FILE, label=gettext_lazy("Tu foto"), required=False)
    about = TextField(
        label=gettext_lazy("Qué hacés"),
        rows=4,
        max_length=MAX_ABOUT,
        help_text=gettext_lazy("En qué trabajás hoy, en dos o tres oraciones."),
        error_messages={"max_length": _TOO_LONG},
    )
    areas = ChosenField(label=gettext_lazy("Tus áreas de gestión"), most=MOST_AREAS)
    offers = TextField(
        label=gettext_lazy("En qué podés ayudar"),
        rows=3,
        max_length=MAX_HELP,
        help_text=gettext_lazy(
            "Por ejemplo: «Armamos el compostaje domiciliario con 800 familias; puedo contar cómo y qué salió mal»."
        ),
        error_messages={"max_length": _TOO_LONG},
    )
    offer_topics = ChosenField(
        label=gettext_lazy("Temas en los que podés ayudar"), most=MOST_TOPICS, widget=TopicsWidget
    )
    seeks = TextField(
        label=gettext_lazy("Qué estás buscando"),
        rows=3,
        max_length=MAX_HELP,
        help_text=gettext_lazy("Por ejemplo: «Ordenanzas de grandes generadores que ya estén funcionando»."),
        error_messages={"max_length": _TOO_LONG},
    )
    seek_topics = ChosenField(
        label=gettext_lazy("Temas que te interesan"), most=MOST_TOPICS, widget=TopicsWidget
    )
    languages = ChosenField(label=gettext_lazy("Idiomas que hablás"), most=len(SPOKEN))
    availability = forms.ChoiceField(
        label=gettext_lazy("¿Se te puede escribir?"),
        choices=Profile.Availability.choices,
        widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "En pausa te siguen escribiendo tus conexiones, y lo que ya venían hablando sigue."
        ),
    )
    paused_until = forms.DateField(
        label=gettext_lazy("Si pausás, ¿hasta qué día?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Vacío: hasta que la termines."),
        error_messages={"invalid": gettext_lazy("Escribí el día así: 31/12/2026.")},
    )
    availability_note = TextField(
        label=gettext_lazy("Cuándo conviene escribirte"),
        max_length=MAX_NOTE,
        help_text=gettext_lazy("Por ejemplo: «De mañana; los viernes estoy en territorio»."),
        error_messages={"max_length": _TOO_LONG},
    )

    def __init__(self, *args: Any, profile: Profile, **kwargs: Any) -> None:
        kwargs["initial"] = _initial(profile)
        super().__init__(*args, **kwargs)
        self._offer(profile)
        for number in range(MAX_LINKS):
            self.fields[f"link_label_{number}"] = TextField(
                label=_("Qué es"), max_length=MAX_LINK_LABEL, error_messages={"max_length": _TOO_LONG}
            )
            self.fields[f"link_url_{number}"] = SafeAddressField(label=_("Dirección"))
        for part in profile_fields:
            self.fields[f"level_{part.id}"] = forms.ChoiceField(
                label=_("Quién ve: %(part)s") % {"part": str(part.label)},
                choices=[(level.value, level.label) for level in part.levels],
            )

    def _offer(self, profile: Profile) -> None:
        topics = topics_by_area()
        self.fields["areas"].choices = labelled(area_labels())  # type: ignore[attr-defined]
        self.fields["languages"].choices = labelled(SPOKEN)  # type: ignore[attr-defined]
        for name in ("offer_topics", "seek_topics"):
            self.fields[name].choices = topics  # type: ignore[attr-defined]

    def clean_paused_until(self) -> Any:
        """Refuse a pause that is over before it begins.

        Raises:
            ValidationError: the day has passed.
        """
        is_pausing = self.cleaned_data.get("availability") == Profile.Availability.PAUSED
        return to_come(self.cleaned_data["paused_until"]) if is_pausing else None

    def clean(self) -> dict[str, Any]:
        """Gather the links, each with its address."""
        cleaned: dict[str, Any] = super().clean() or {}
        cleaned["links"] = list(self._links(cleaned))
        return cleaned

    def _links(self, cleaned: dict[str, Any]) -> Iterator[dict[str, str]]:
        for number in range(MAX_LINKS):
            label, url = cleaned.get(f"link_label_{number}", ""), cleaned.get(f"link_url_{number}", "")
            if url:
                yield {"label": label, "url": url}
            elif label and f"link_url_{number}" not in self.errors:
                self.add_error(
                    f"link_url_{number}", _("Falta la dirección de «%(label)s».") % {"label": label}
                )

    @property
    def values(self) -> dict[str, Any]:
        """What was written, for `profile_save`."""
        return {name: self.cleaned_data[name] for name in WRITTEN}

    @property
    def levels(self) -> dict[str, Level]:
        """Who may see each part, for `profile_save`."""
        return {part.id: Level(self.cleaned_data[f"level_{part.id}"]) for part in profile_fields}

    def link_rows(self) -> list[tuple[Any, Any]]:
        """Return the two fields of each link that is filled in, and of some to fill in."""
        rows = [(self[f"link_label_{number}"], self[f"link_url_{number}"]) for number in range(MAX_LINKS)]
        filled = max(
            (number for number, row in enumerate(rows, 1) if row[0].value() or row[1].value()), default=0
        )
        return rows[: filled + SPARE_LINKS]


def _initial(profile: Profile) -> dict[str, Any]:
    initial = {name: getattr(profile, name) for name in WRITTEN if name != "links"}
    # A pause that is over is shown as what it is.
    initial["availability"] = profile.current_availability
    for number, link in enumerate(profile.links[:MAX_LINKS]):
        initial[f"link_label_{number}"], initial[f"link_url_{number}"] = link.get("label"), link.get("url")
    for part in profile_fields:
        chosen = profile.visibility.get(part.id, "")
        is_offered = chosen in set(part.levels)
        initial[f"level_{part.id}"] = chosen if is_offered else part.default.value
    return initial
