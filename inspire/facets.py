"""The facets of the library, each declared once: the filters, their counts, the page and the API read them here."""

from django.utils.translation import gettext_lazy as _

from inspire import facet_labels
from inspire.models import Solution
from portal.core.registry import Registry
from portal.facets import labels
from portal.facets.facet import YES, Facet, by_number, by_place_in, flag

__all__ = ["YES", "Facet", "facets"]

_STAGES: list[str] = list(Solution.Stage.values)
_LEVELS: list[str] = list(Solution.Level.values)


def _newest_first(value: str) -> int:
    return -by_number(value)


facets: Registry[Facet] = Registry("facets")
for _facet in (
    Facet("area", _("Área de gestión"), labels.of_areas, 10, is_open=True),
    Facet("country", _("País"), labels.of_countries, 20, is_open=True),
    Facet("province", _("Provincia o región"), labels.of_provinces, 30),
    Facet("topic", _("Tema"), labels.of_topics, 40),
    Facet("stage", _("Etapa"), labels.of_choices(Solution.Stage), 50, by_place_in(_STAGES)),
    Facet("years", _("Año de inicio"), facet_labels.of_years, 60, _newest_first),
    Facet("population", _("Tamaño del municipio"), labels.of_populations, 70, by_number),
    Facet("level", _("Quién lo hizo"), labels.of_choices(Solution.Level), 80, by_place_in(_LEVELS)),
    Facet("sdg", _("Objetivo de Desarrollo Sostenible"), facet_labels.of_goals, 90, by_number),
    Facet("recognition", _("Premio o reconocimiento"), labels.as_they_are, 100),
    Facet("language", _("Se puede leer en"), facet_labels.of_languages, 110),
    flag("has_results", _("Cuentan qué lograron"), 120),
    flag("has_contact", _("Tienen a quién preguntar"), 130),
):
    facets.register(_facet)
