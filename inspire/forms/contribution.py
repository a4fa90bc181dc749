"""The one screen on which a solution is written."""

from collections.abc import Mapping
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from inspire.contribution_content import FIELDS, TRANSLATED, is_empty, is_same, plain
from inspire.forms import fields
from inspire.forms.fields import LineField, LongField, WordsField, year_field
from inspire.forms.position import typed_position
from inspire.forms.row_forms import FigureRow, LinkRow, PersonRow, WebAddressField
from inspire.forms.rows import RowsField, RowsWidget
from inspire.models import RECOGNITION_LENGTH, TEXT_FIELDS, TITLE_LENGTH, Solution
from inspire.record_limits import PLACE_LENGTH, SOURCE_LENGTH, TAG_LENGTH, URL_LENGTH
from portal.places.forms import MunicipalityAnswer, MunicipalityChoiceField
from portal.places.models import Country

HELD = "held-"
_UNSAID = _("Prefiero no decirlo")


class ContributionForm(forms.Form):
    """What is typed about a solution; only title, place, area and one sentence are needed to hand it in."""

    use_required_attribute = False

    title = LineField(
        label=_("Título"),
        help_text=_("Qué se hizo, en pocas palabras. Por ejemplo: Compostaje en las escuelas del barrio."),
        max_length=TITLE_LENGTH,
        error_messages={
            "required": _("Falta el título. Con pocas palabras alcanza."),
            "max_length": _(
                "El título tiene %(show_value)s caracteres y entran %(limit_value)s. "
                "Acortalo: lo demás va en el relato."
            ),
        },
    )
    summary = LongField(
        label=_("En una oración, ¿qué hicieron y qué cambió?"),
        rows=3,
        error_messages={"required": _("Falta una oración que cuente de qué se trata.")},
    )
    municipality = MunicipalityChoiceField(
        label=_("¿En qué municipio?"),
        required=False,
        help_text=_("Si no es de un municipio o no aparece, dejalo vacío y elegí el país."),
    )
    country = forms.ChoiceField(label=_("País"), required=False, choices=fields.country_choices)
    place_name = LineField(
        label=_("Barrio, localidad o zona"),
        required=False,
        max_length=PLACE_LENGTH,
        help_text=_("Solo si querés precisar el lugar."),
    )
    areas = forms.MultipleChoiceField(
        label=_("¿De qué área es?"),
        choices=fields.area_choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Elegí al menos un área: así se la encuentra en la biblioteca.")},
    )
    problem = LongField(label=_("¿Cuál era el problema?"), required=False)
    what_was_done = LongField(label=_("¿Qué hicieron?"), required=False, rows=8)
    results = LongField(label=_("¿Qué lograron?"), required=False)
    figures = RowsField(
        label=_("Cifras"),
        required=False,
        row_form=FigureRow,
        add_label=_("Agregar otra cifra"),
        help_text=_("Con al menos un valor, antes o después. Escribilas como las tenés."),
    )
    what_failed = LongField(label=_("¿Qué no funcionó?"), required=False)
    conditions = LongField(label=_("¿Qué hace falta para que funcione?"), required=False)
    lessons = LongField(label=_("¿Qué aprendieron?"), required=False)
    novelty = LongField(label=_("¿Qué tiene de nuevo?"), required=False, rows=3)
    partners = LongField(label=_("¿Con quiénes lo hicieron?"), required=False, rows=3)
    beneficiaries = LongField(label=_("¿Para quiénes es?"), required=False, rows=3)
    people = RowsField(
        label=_("Personas que figuran en la página"),
        required=False,
        row_form=PersonRow,
        add_label=_("Agregar otra persona"),
    )
    stage = forms.ChoiceField(
        label=_("¿En qué etapa está?"), required=False, choices=[("", _UNSAID), *Solution.Stage.choices]
    )
    level = forms.ChoiceField(
        label=_("¿Qué gobierno lo hizo?"), required=False, choices=Solution.Level.choices, initial="local"
    )
    start_year = year_field(_("Año de inicio"))
    end_year = year_field(_("Año de fin, si terminó"))
    cost_band = forms.ChoiceField(
        label=_("¿Cuánto costó ponerlo en marcha?"),
        required=False,
        choices=[("", _UNSAID), *Solution.CostBand.choices],
        help_text=_("En dólares de ese momento, para poder comparar entre países."),
    )
    funding = LongField(label=_("¿Quién lo pagó?"), required=False, rows=3)
    topics = forms.MultipleChoiceField(
        label=_("Temas"),
        required=False,
        choices=fields.topic_choices,
        widget=forms.CheckboxSelectMultiple,
    )
    sdgs = forms.MultipleChoiceField(
        label=_("Objetivos de Desarrollo Sostenible"),
        required=False,
        choices=fields.goal_choices,
        widget=forms.CheckboxSelectMultiple,
    )
    tags = WordsField(
        label=_("Palabras clave"), required=False, each=TAG_LENGTH, help_text=_("Separadas por comas.")
    )
    recognitions = WordsField(
        label=_("Premios y reconocimientos"),
        required=False,
        each=RECOGNITION_LENGTH,
        lines=True,
        help_text=_("Uno por línea."),
    )
    latitude = LineField(
        label=_("Latitud"), required=False, max_length=40, help_text=_("Por ejemplo: -34,8956")
    )
    longitude = LineField(
        label=_("Longitud"), required=False, max_length=40, help_text=_("Por ejemplo: -60,0168")
    )
    links = RowsField(
        label=_("Enlaces"), required=False, row_form=LinkRow, add_label=_("Agregar otro enlace")
    )
    source_name = LineField(
        label=_("¿De dónde sale esta información?"), required=False, max_length=SOURCE_LENGTH
    )
    source_url = WebAddressField(label=_("Enlace a esa fuente"), required=False, max_length=URL_LENGTH)
    licence = LineField(
        label=_("Licencia del texto"),
        required=False,
        max_length=SOURCE_LENGTH,
        help_text=_("Si lo dejás vacío, se comparte con la licencia que explican los criterios."),
    )
    language = forms.ChoiceField(
        label=_("¿En qué idioma está escrito?"),
        required=False,
        choices=fields.language_choices,
        initial="es",
    )
    translation_language = forms.ChoiceField(
        label=_("¿A qué idioma está traducido?"),
        required=False,
        choices=lambda: fields.language_choices(str(_("No tiene traducción"))),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in TEXT_FIELDS:
            own = self.fields[name]
            self.fields[f"translation_{name}"] = (
                LineField(label=own.label, required=False, max_length=TITLE_LENGTH)
                if name == "title"
                else LongField(label=own.label, required=False, rows=3)
            )
        for field in self.fields.values():
            if isinstance(field.widget, RowsWidget):
                field.widget.shows_errors = self.is_bound

    @classmethod
    def showing(cls, content: Mapping[str, Any]) -> Self:
        """Return the form with what was typed so far, without judging it."""
        initial = {name: content[name] for name in FIELDS if name in content}
        if isinstance(place := initial.get("municipality"), Mapping):
            initial["municipality"] = _answer(place)
        return cls(initial=initial)

    @classmethod
    def checking(cls, content: Mapping[str, Any], base: Mapping[str, Any] | None = None) -> Self:
        """Return the form with what was typed, to be judged.

        Args:
            base: what a proposal began with; who changes something else need not tell what is missing there.
        """
        form = cls(_as_sent(content))
        for name in FIELDS:
            if base and is_same(content.get(name), base.get(name)):
                form.fields[name].required = False
        return form

    @classmethod
    def read(cls, data: Any) -> dict[str, Any]:
        """Return what a page sends, by field, as it is kept; a page carries a mark for each field that it shows."""
        form = cls()
        names = [name for name in FIELDS if f"{HELD}{name}" in data]
        return {name: _kept(form.fields[name].widget.value_from_datadict(data, {}, name)) for name in names}

    def clean(self) -> dict[str, Any]:
        """Check what fields say together: the place, the point, the years, the languages."""
        cleaned: dict[str, Any] = super().clean() or {}
        cleaned["level"] = cleaned.get("level") or Solution.Level.LOCAL
        cleaned["language"] = cleaned.get("language") or "es"
        self._check_place(cleaned)
        self._check_position(cleaned)
        start, end = cleaned.get("start_year"), cleaned.get("end_year")
        if start and end and end < start:
            self.add_error("end_year", gettext("El año de fin no puede ser anterior al de inicio."))
        self._check_translation(cleaned)
        return cleaned

    def _check_place(self, cleaned: dict[str, Any]) -> None:
        town, country = cleaned.get("municipality"), cleaned.get("country")
        if town is None and not country and "municipality" not in self.errors:
            self.add_error(
                "municipality", gettext("Falta el lugar: elegí el municipio o, si no hay, el país.")
            )
        if town is None:
            return
        if country and country != town.country_id:
            said = gettext("%(town)s queda en otro país (%(country)s). Cambiá el municipio o el país.")
            self.add_error("country", said % {"town": town.name, "country": town.country.name})
        cleaned["country"] = town.country_id
        cleaned["place_name"] = cleaned.get("place_name") or town.name

    def _check_position(self, cleaned: dict[str, Any]) -> None:
        country = Country.objects.filter(code=cleaned.get("country") or "").first()
        try:
            point = typed_position(cleaned.get("latitude", ""), cleaned.get("longitude", ""), country)
        except ValidationError as error:
            self.add_error(None, error)
        else:
            cleaned["latitude"], cleaned["longitude"] = point

    def _check_translation(self, cleaned: dict[str, Any]) -> None:
        language = cleaned.get("translation_language")
        has_text = any(cleaned.get(name) for name in TRANSLATED)
        if has_text and not language:
            self.add_error("translation_language", gettext("Elegí en qué idioma está la traducción."))
        if language and language == cleaned["language"]:
            self.add_error(
                "translation_language", gettext("Es el mismo idioma que el del texto: elegí otro.")
            )
        if language and has_text and not cleaned.get("translation_title"):
            self.add_error("translation_title", gettext("La traducción necesita al menos su título."))


def _answer(place: Mapping[str, str]) -> MunicipalityAnswer:
    search = place.get("search", "")
    return MunicipalityAnswer(choice=place.get("choice", ""), search=search, searched=search)


def _kept(value: Any) -> Any:
    """Return a widget's value as it is kept."""
    if isinstance(value, MunicipalityAnswer):
        value = {"choice": value.choice, "search": value.search}
    return plain(value if value is not None else "")


def _as_sent(content: Mapping[str, Any]) -> MultiValueDict:
    """Return what was typed as a browser would send it."""
    data: MultiValueDict = MultiValueDict()
    for name in FIELDS:
        value = content.get(name)
        if is_empty(value):
            continue
        if isinstance(value, Mapping):
            data.setlist(name, [value.get("choice", "")])
            data.setlist(f"{name}_search", [value.get("search", "")])
        elif isinstance(value, list) and value and isinstance(value[0], Mapping):
            for number, row in enumerate(value):
                for part, text in row.items():
                    data.setlist(f"{name}-{number}-{part}", [str(text)])
        else:
            data.setlist(name, [str(one) for one in value] if isinstance(value, list) else [str(value)])
    return data
