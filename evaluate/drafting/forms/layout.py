"""How the fields of a form are laid out: parts that fold, rows of texts side by side."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, cast

from django import forms
from django.forms.boundfield import BoundField
from django.utils.functional import Promise

from evaluate.drafting.forms.texts import field_name, language_name

Titles = Mapping[str, str | Promise]


@dataclass(frozen=True)
class Cell:
    """One field, with the language that it is in and what somebody else saved there meanwhile."""

    field: BoundField
    language: str = ""
    language_name: str = ""
    saved: str = ""


@dataclass(frozen=True)
class Row:
    """One field, or one text in several languages under a common title."""

    title: str
    cells: tuple[Cell, ...]
    help_text: str = ""

    @property
    def is_texts(self) -> bool:
        """Whether it is a text in languages."""
        return any(cell.language for cell in self.cells)


@dataclass(frozen=True)
class Part:
    """Fields that belong together; folded while nothing is filled in."""

    key: str
    title: str | Promise
    rows: tuple[Row, ...]
    is_open: bool
    is_folding: bool


@dataclass(frozen=True)
class PartPlan:
    """The fields of a part by name; a text is named once for all its languages."""

    key: str
    title: str | Promise
    names: tuple[str, ...]
    is_folding: bool = True


class LaidOutForm(forms.Form):
    """A form whose fields lie in parts. Subclasses give `plan`, `text_titles` and `languages`."""

    plan: Sequence[PartPlan] = ()
    text_titles: Titles = MappingProxyType({})
    text_helps: Titles = MappingProxyType({})

    def __init__(self, *args: Any, languages: Sequence[str], **kwargs: Any) -> None:
        """Take the languages that texts are edited in."""
        super().__init__(*args, **kwargs)
        self.text_languages = languages
        self.saved_now: dict[str, str] = {}
        # What the fields hold when nobody uses them, where that is not nothing.
        self.unused: dict[str, str] = {}

    def parts(self) -> list[Part]:
        """Return the parts in order."""
        return [self._part(plan) for plan in self.plan]

    def tell_what_is_saved(self, now: "LaidOutForm") -> None:
        """Note beside each field what is saved there now, where that is not what was typed."""
        for name, field in now.fields.items():
            initial = now.get_initial_for_field(field, name)
            saved = "" if initial is None else str(initial)
            if name in self.fields and saved != str(self.data.get(self.add_prefix(name), "")).replace(
                "\r\n", "\n"
            ):
                self.saved_now[name] = saved or "—"

    def offer(self, name: str, choices: Any) -> None:
        """Give a field the options that the questionnaire has."""
        cast(forms.ChoiceField, self.fields[name]).choices = choices

    def _part(self, plan: PartPlan) -> Part:
        rows = tuple(self._row(name) for name in plan.names if self._has(name))
        cells = [cell for row in rows for cell in row.cells]
        is_open = not plan.is_folding or any(
            cell.field.errors or cell.saved or self._differs(cell.field) for cell in cells
        )
        return Part(plan.key, plan.title, rows, is_open, plan.is_folding)

    def _has(self, name: str) -> bool:
        return name in self.fields or name in self.text_titles

    def _row(self, name: str) -> Row:
        if name in self.text_titles:
            cells = tuple(self._text_cells(name))
            return Row(str(self.text_titles[name]), cells, str(self.text_helps.get(name, "")))
        field = self[name]
        return Row(str(field.label), (Cell(field, saved=self.saved_now.get(name, "")),), str(field.help_text))

    def _text_cells(self, name: str) -> Iterator[Cell]:
        for language in self.text_languages:
            full = field_name(name, language)
            yield Cell(self[full], language, language_name(language), self.saved_now.get(full, ""))

    def _differs(self, field: BoundField) -> bool:
        """Whether a field holds something else than an unused one would."""
        return str(field.value() or "") not in {"", self.unused.get(field.name, "")}
