"""The facets of conversations, each declared once: the filters, their counts, the page and the API read them here."""

from collections.abc import Collection

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.catalog.kinds import entry_kinds
from portal.core.registry import Registry
from portal.facets import labels
from portal.facets.facet import Facet, by_number, by_place_in

_KINDS = ["question", "discussion"]
_STATES = ["unanswered", "answered", "accepted", "outcome", "closed"]


def _of_kinds(values: Collection[str]) -> labels.Labels:
    named = {"question": _("Pregunta"), "discussion": _("Conversación")}
    return {value: named[value] for value in values if value in named}


def _of_states(values: Collection[str]) -> labels.Labels:
    named = {
        "unanswered": _("Sin responder"),
        "answered": _("Con respuestas, ninguna aceptada"),
        "accepted": _("Con respuesta aceptada"),
        "outcome": _("Cuenta en qué quedó"),
        "closed": _("Cerrada"),
    }
    return {value: named[value] for value in values if value in named}


def _of_languages(values: Collection[str]) -> labels.Labels:
    named = dict(settings.LANGUAGES)
    return {value: str(named[value]) for value in values if value in named}


def _of_things(values: Collection[str]) -> labels.Labels:
    return {value: str(entry_kinds.get(value).label_plural) for value in values if value in entry_kinds}


facets: Registry[Facet] = Registry("facets of conversations")
for _facet in (
    Facet("kind", gettext_lazy("Qué es"), _of_kinds, 10, by_place_in(_KINDS), is_open=True),
    Facet("state", gettext_lazy("Cómo está"), _of_states, 20, by_place_in(_STATES), is_open=True),
    Facet("area", gettext_lazy("Área de gestión"), labels.of_areas, 30, is_open=True),
    Facet("topic", gettext_lazy("Tema"), labels.of_topics, 40),
    Facet("about", gettext_lazy("Sobre qué cosa"), _of_things, 50),
    Facet("country", gettext_lazy("País"), labels.of_countries, 60),
    Facet("province", gettext_lazy("Provincia o región"), labels.of_provinces, 70),
    Facet("population", gettext_lazy("Tamaño del municipio"), labels.of_populations, 80, by_number),
    Facet("language", gettext_lazy("Idioma"), _of_languages, 90),
):
    facets.register(_facet)
