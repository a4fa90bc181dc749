"""The facets of encounters, each declared once: the filters, their counts, the page and the API read them here."""

from collections.abc import Collection

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.registry import Registry
from portal.facets import labels
from portal.facets.facet import Facet, by_number, by_place_in
from share.models import Event

_KINDS: list[str] = list(Event.Kind.values)
_FORMATS = ["online", "in_person"]
_LEFT = ["recording", "minutes"]


def _of_formats(values: Collection[str]) -> labels.Labels:
    named = {"online": _("En línea"), "in_person": _("En un lugar")}
    return {value: named[value] for value in values if value in named}


def _of_what_is_left(values: Collection[str]) -> labels.Labels:
    named = {"recording": _("Grabación"), "minutes": _("Acta con decisiones")}
    return {value: named[value] for value in values if value in named}


def _of_languages(values: Collection[str]) -> labels.Labels:
    named = dict(settings.LANGUAGES)
    return {value: str(named[value]) for value in values if value in named}


facets: Registry[Facet] = Registry("facets of encounters")
for _facet in (
    Facet(
        "kind",
        gettext_lazy("Tipo de encuentro"),
        labels.of_choices(Event.Kind),
        10,
        by_place_in(_KINDS),
        is_open=True,
    ),
    Facet("format", gettext_lazy("Cómo es"), _of_formats, 20, by_place_in(_FORMATS), is_open=True),
    Facet("area", gettext_lazy("Área de gestión"), labels.of_areas, 30, is_open=True),
    Facet("topic", gettext_lazy("Tema"), labels.of_topics, 40),
    Facet("country", gettext_lazy("País"), labels.of_countries, 50),
    Facet("province", gettext_lazy("Provincia o región"), labels.of_provinces, 60),
    Facet("population", gettext_lazy("Tamaño del municipio"), labels.of_populations, 70, by_number),
    Facet("language", gettext_lazy("Idioma"), _of_languages, 80),
    Facet("left", gettext_lazy("Qué dejó"), _of_what_is_left, 90, by_place_in(_LEFT)),
):
    facets.register(_facet)
