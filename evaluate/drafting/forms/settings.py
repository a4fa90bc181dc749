"""What a questionnaire says of itself, as a form."""

from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from evaluate.drafting.forms.fields import TextField
from evaluate.drafting.forms.layout import LaidOutForm, PartPlan, Titles
from evaluate.drafting.forms.questions import NOT_APPLICABLE_OPTIONS
from evaluate.drafting.forms.texts import as_typed, field_name, language_name, text_fields, typed_texts
from evaluate.drafting.settings import ALWAYS_OFFERED, languages_of, with_language_named
from evaluate.drafting.vocabulary import Words, options
from evaluate.engine.definition import (
    MINIMUM,
    POINTS_OVER_MAXIMUM,
    STAGED,
    SUM,
    UNMARKED_LANGUAGE,
    WEIGHTED_MEAN,
    FormDefinition,
    Texts,
)
from evaluate.engine.scoring_faults import number_in

METHODS = (
    ("", _("Sin puntaje")),
    (POINTS_OVER_MAXIMUM, _("Puntos sobre el máximo")),
    (WEIGHTED_MEAN, _("Promedio ponderado de los criterios")),
    (SUM, _("Suma de puntos")),
    (MINIMUM, _("El criterio más bajo")),
    (STAGED, _("Por etapas: todo lo de una antes de la siguiente")),
)
LANGUAGES = (*ALWAYS_OFFERED, "pt")
LONGEST_MINUTES = 600
_TEXTS = {
    "titles": (_("Título"), 1),
    "summary": (_("Resumen, para la lista"), 2),
    "intro": (_("Introducción"), 8),
}
_LINES = forms.Textarea(attrs={"rows": 5})


class SettingsForm(LaidOutForm):
    """Titles, languages, levels and the method of scoring."""

    text_titles: Titles = {
        **{name: title for name, (title, _rows) in _TEXTS.items()},
        "levels": _("Nombres de los niveles"),
    }
    text_helps: Titles = {"levels": _("Uno por renglón, del más bajo al más alto.")}
    plan = (
        PartPlan("texts", _("Textos"), ("titles", "summary", "intro"), is_folding=False),
        PartPlan(
            "facts",
            _("Área, tiempo e idiomas"),
            ("area", "minutes", "languages", "default_language", "unmarked_language"),
            is_folding=False,
        ),
        PartPlan(
            "score",
            _("Puntaje y niveles"),
            ("scoring", "not_applicable", "levels", "level_thresholds"),
            is_folding=False,
        ),
        PartPlan("more", _("Nombre de cada respuesta"), ("instance_name",)),
    )
    area = forms.ChoiceField(label=_("Área de gestión"), required=False)
    minutes = forms.IntegerField(
        label=_("Minutos que lleva"), required=False, min_value=1, max_value=LONGEST_MINUTES
    )
    languages = forms.MultipleChoiceField(
        label=_("Idiomas"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Los que el cuestionario completa."),
    )
    default_language = forms.ChoiceField(label=_("Idioma principal"))
    unmarked_language = forms.ChoiceField(
        label=_("Los textos sin idioma están en"),
        required=False,
        help_text=_("El libro de origen no decía el idioma. Elegilo y vas a poder agregar otros al lado."),
    )
    scoring = forms.ChoiceField(label=_("Cómo se puntúa"), choices=METHODS, required=False)
    not_applicable = forms.ChoiceField(
        label=_("«No aplica» en los criterios"), choices=NOT_APPLICABLE_OPTIONS
    )
    level_thresholds = TextField(
        label=_("Dónde empieza cada nivel"),
        max_length=300,
        help_text=_("Números separados por coma, empezando por 0: «0, 25, 50, 75». Vacío: partes iguales."),
    )
    instance_name = TextField(label=_("Fórmula"), max_length=500)

    def __init__(self, data: Any = None, *, definition: FormDefinition, words: Words, **kwargs: Any) -> None:
        """Show a questionnaire's settings."""
        self.definition = definition
        languages = languages_of(definition)
        super().__init__(data, languages=languages, initial=_initial(definition), **kwargs)
        for name, (title, rows) in _TEXTS.items():
            self.fields |= text_fields(name, title, languages, _texts(definition, name), rows=rows)
        self.fields |= text_fields(
            "levels", _("Niveles"), languages, _level_lines(definition, languages), rows=5
        )
        area_options = options(_("Ninguna"), words.areas, definition.area, words.known.areas)
        self.offer("area", area_options)
        self._offer_languages()

    def clean_level_thresholds(self) -> str:
        """Take numbers.

        Raises ValidationError for anything else.
        """
        text: str = self.cleaned_data["level_thresholds"]
        for part in _parts(text):
            if number_in(part) is None:
                raise ValidationError(
                    _now("«%(part)s» no es un número. Separalos con comas.") % {"part": part}
                )
        return text

    def clean(self) -> dict[str, Any]:
        """See that the main language is one of the chosen, and that there is a title."""
        cleaned = super().clean() or {}
        chosen = cleaned.get("languages") or []
        if chosen and cleaned.get("default_language") not in chosen:
            self.add_error("default_language", _now("El idioma principal tiene que ser uno de los elegidos."))
        return cleaned

    def edited(self, definition: FormDefinition) -> FormDefinition:
        """Return the questionnaire with what was typed."""
        cleaned = self.cleaned_data
        titles = typed_texts("titles", _texts(definition, "titles"), cleaned)
        main = cleaned["default_language"]
        changed = replace(
            definition,
            title=titles.get(main) or definition.title,
            titles=titles
            if titles != {definition.default_language: definition.title} or definition.titles
            else {},
            summary=typed_texts("summary", definition.summary, cleaned),
            intro=typed_texts("intro", definition.intro, cleaned),
            area=cleaned["area"],
            minutes=cleaned["minutes"],
            languages=_ordered(definition.languages, cleaned["languages"]),
            default_language=main,
            scoring=cleaned["scoring"],
            not_applicable=cleaned["not_applicable"],
            level_names=_levels(definition, cleaned, self.text_languages),
            level_thresholds=_parts(cleaned["level_thresholds"]),
            instance_name=cleaned["instance_name"],
        )
        named = cleaned.get("unmarked_language")
        return with_language_named(changed, named) if named else changed

    def _offer_languages(self) -> None:
        offered = tuple(dict.fromkeys((*self.definition.languages, *LANGUAGES)))
        if UNMARKED_LANGUAGE in self.definition.languages:
            offered = self.definition.languages
            named = [("", _now("No decirlo")), *((code, language_name(code)) for code in LANGUAGES)]
            self.offer("unmarked_language", named)
        else:
            del self.fields["unmarked_language"]
        pairs = [(code, language_name(code)) for code in offered]
        self.offer("languages", pairs)
        self.offer("default_language", pairs)


def _initial(definition: FormDefinition) -> dict[str, Any]:
    plain = ("area", "minutes", "default_language", "scoring", "not_applicable", "instance_name")
    return {
        **{name: getattr(definition, name) for name in plain},
        "languages": list(definition.languages),
        "level_thresholds": ", ".join(definition.level_thresholds),
    }


def _texts(definition: FormDefinition, name: str) -> Texts:
    """A text of the questionnaire; its plain title stands for a title in its main language."""
    texts: Texts = getattr(definition, name)
    return {definition.default_language: definition.title} if name == "titles" and not texts else texts


def _level_lines(definition: FormDefinition, languages: Any) -> Texts:
    """The names of the levels in each language, one per line."""
    lines = {
        language: "\n".join(names.get(language, "") for names in definition.level_names)
        for language in languages
    }
    return {language: text for language, text in lines.items() if text.strip()}


def _levels(definition: FormDefinition, cleaned: dict[str, Any], languages: Any) -> tuple[Texts, ...]:
    typed = {language: as_typed(cleaned[field_name("levels", language)]) for language in languages}
    if typed == {
        language: _level_lines(definition, languages).get(language, "").strip() for language in languages
    }:
        return definition.level_names
    lines = {language: text.split("\n") for language, text in typed.items() if text}
    count = max(map(len, lines.values()), default=0)
    return tuple(
        {
            language: each[place].strip()
            for language, each in lines.items()
            if place < len(each) and each[place].strip()
        }
        for place in range(count)
    )


def _ordered(before: tuple[str, ...], chosen: list[str]) -> tuple[str, ...]:
    return tuple(sorted(chosen, key=lambda code: before.index(code) if code in before else len(before)))


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.replace(";", ",").split(",") if part.strip())
