"""The choices of a question, as rows."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaluate.drafting.forms.fields import NumberField, PairsField, TextField, pairs_of, pairs_text
from evaluate.drafting.forms.layout import Cell
from evaluate.drafting.forms.texts import field_name, language_name, text_fields, typed_texts
from evaluate.drafting.names import fresh_name
from evaluate.engine.definition import Choice

# Longer lists are edited in the workbook: a page of thousands of fields helps nobody.
EDITABLE_CHOICES = 150
BLANK_ROWS = 2
FIRST_ROWS = 4
PREFIX = "opciones"


class ChoiceForm(forms.Form):
    """One choice: its name, texts, points, and the columns by which filters find it."""

    was = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=0)
    name = TextField(label=gettext_lazy("Identificador"), max_length=100)
    points = NumberField(label=gettext_lazy("Puntos"))
    columns = PairsField(label=gettext_lazy("Columnas"))

    def __init__(
        self, *args: Any, languages: Sequence[str], choice: Choice | None = None, **kwargs: Any
    ) -> None:
        """Take the languages, and the choice that the row shows."""
        super().__init__(*args, **kwargs)
        self.languages = languages
        self.fields |= text_fields("label", _("Texto"), languages, choice.label if choice else {})

    def clean_name(self) -> str:
        """Take a name without spaces, which separate several choices in an answer."""
        name: str = self.cleaned_data["name"]
        if any(map(str.isspace, name)):
            raise ValidationError(_("Sin espacios: usá un guion bajo."))
        return name

    def text_cells(self) -> list[Cell]:
        """Return the fields of its text, one per language."""
        return [
            Cell(self[field_name("label", language)], language, language_name(language))
            for language in self.languages
        ]


class BaseChoiceFormSet(forms.BaseFormSet):
    """The rows of a list; each knows which choice of the list it showed."""

    def __init__(self, data: Any, *, choices: Sequence[Choice] = (), languages: Sequence[str]) -> None:
        """Take the list as it is, and the languages."""
        self.choices, self.languages = tuple(choices), languages
        initial = [
            {
                "was": place,
                "name": choice.name,
                "points": choice.points,
                "columns": pairs_text(choice.columns),
            }
            for place, choice in enumerate(self.choices)
        ]
        super().__init__(data, initial=initial, prefix=PREFIX)

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        """Give each row its choice."""
        choice = self.choices[index] if index is not None and index < len(self.choices) else None
        return {"languages": self.languages, "choice": choice}

    def choices_of(self, before: Sequence[Choice]) -> tuple[Choice, ...]:
        """Return the choices that were typed, in their order; what the rows do not show stays as it was."""
        rows = [form.cleaned_data for form in self.forms if _is_filled(form)]
        rows.sort(key=lambda row: row.get("ORDER") or EDITABLE_CHOICES + 1)
        taken = {row["name"] for row in rows}
        made = []
        for row in rows:
            name = row["name"] or _name_for(row, taken, self.languages)
            taken.add(name)
            made.append(_choice(row, name, before))
        return tuple(made)


# The stubs know a factory's class by its base alone.
ChoiceFormSet: Any = forms.formset_factory(
    ChoiceForm,
    formset=BaseChoiceFormSet,
    can_order=True,
    can_delete=True,
    extra=BLANK_ROWS,
    max_num=EDITABLE_CHOICES + FIRST_ROWS,
    absolute_max=EDITABLE_CHOICES * 2,
)


def choice_rows(data: Any, choices: Sequence[Choice], languages: Sequence[str]) -> BaseChoiceFormSet:
    """Return the rows of a list, with a few empty ones at its end."""
    rows: BaseChoiceFormSet = ChoiceFormSet(data, choices=choices, languages=languages)
    rows.extra = BLANK_ROWS if choices else FIRST_ROWS
    return rows


def _is_filled(form: forms.Form) -> bool:
    row = form.cleaned_data
    typed = (value for name, value in row.items() if name == "name" or name.startswith("label_"))
    return bool(row) and not row.get("DELETE") and any(typed)


def _choice(row: dict[str, Any], name: str, before: Sequence[Choice]) -> Choice:
    place = row.get("was")
    old = before[place] if place is not None and place < len(before) else Choice(name)
    return replace(
        old,
        name=name,
        label=typed_texts("label", old.label, row),
        points=row["points"],
        columns=pairs_of(row["columns"], old.columns),
    )


def _name_for(row: dict[str, Any], taken: Iterable[str], languages: Sequence[str]) -> str:
    """A name for a row without one: the next number in a list of numbers, else the first words of its text."""
    known = set(filter(None, taken))
    if known and all(map(str.isdecimal, known)):
        return str(max(map(int, known)) + 1)
    text = next(filter(None, (row.get(field_name("label", language), "") for language in languages)), "")
    return fresh_name(known, slugify(text).replace("-", "_")[:40].rstrip("_") or "opcion")
