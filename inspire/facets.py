"""The facets of the library, each declared once: the filters, their counts, the page and the API read them here."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from inspire import facet_labels
from inspire.models import Solution
from portal.core.registry import Registry

# The only value of a facet that is a yes or nothing.
YES = "yes"
_STAGES: list[str] = list(Solution.Stage.values)
_LEVELS: list[str] = list(Solution.Level.values)


@dataclass(frozen=True)
class Facet:
    """One aspect that solutions are sorted by; its values follow its id in `Solution.facet_keys`, after a colon.

    Args:
        id: the name of the parameter and the beginning of the keys.
        labels: what values are called in the reader's language; those it does not know are left out.
        order: among the facets.
        rank: what its values are sorted by; by their counts where there is none.
        shown: how many values are seen before "more".
        is_open: whether the page shows its values before somebody asks for them.
        is_flag: whether it is one box to tick instead of several.
    """

    id: str
    label: str | Promise
    labels: Callable[[Collection[str]], dict[str, str]]
    order: int
    rank: Callable[[str], Any] | None = None
    shown: int = 6
    is_open: bool = False
    is_flag: bool = False

    def key(self, value: str) -> str:
        """Return how `Solution.facet_keys` says that a solution has a value."""
        return f"{self.id}:{value}"

    def label_of(self, value: str) -> str:
        """Return what a value is called; a value that nobody knows is called what it is."""
        return self.labels([value]).get(value, value)


def _flag(id: str, label: Promise, order: int) -> Facet:
    return Facet(id, label, lambda values: {value: str(label) for value in values}, order, is_flag=True)


def _number(value: str) -> int:
    return int(value) if value.isdecimal() and len(value) < len("10000") else 0


def _newest_first(value: str) -> int:
    return -_number(value)


def _place_in(known: list[str]) -> Callable[[str], int]:
    return lambda value: known.index(value) if value in known else len(known)


facets: Registry[Facet] = Registry("facets")
for _facet in (
    Facet("area", _("Área de gestión"), facet_labels.of_areas, 10, is_open=True),
    Facet("country", _("País"), facet_labels.of_countries, 20, is_open=True),
    Facet("province", _("Provincia o región"), facet_labels.of_provinces, 30),
    Facet("topic", _("Tema"), facet_labels.of_topics, 40),
    Facet("stage", _("Etapa"), facet_labels.of_choices(Solution.Stage), 50, _place_in(_STAGES)),
    Facet("years", _("Año de inicio"), facet_labels.of_years, 60, _newest_first),
    Facet("population", _("Tamaño del municipio"), facet_labels.of_populations, 70, _number),
    Facet("level", _("Quién lo hizo"), facet_labels.of_choices(Solution.Level), 80, _place_in(_LEVELS)),
    Facet("sdg", _("Objetivo de Desarrollo Sostenible"), facet_labels.of_goals, 90, _number),
    Facet("recognition", _("Premio o reconocimiento"), facet_labels.as_they_are, 100),
    Facet("language", _("Se puede leer en"), facet_labels.of_languages, 110),
    _flag("has_results", _("Cuentan qué lograron"), 120),
    _flag("has_contact", _("Tienen a quién preguntar"), 130),
):
    facets.register(_facet)
