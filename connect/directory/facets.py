"""The facets of the directory, each declared once: the filters, their counts, the page and the API read them here."""

from collections.abc import Collection

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.registry import Registry
from portal.facets import labels
from portal.facets.facet import Facet, by_number, by_place_in

# The network's team has no role in a municipality; for a reader it is one more answer to "who is she here?".
_ROLES = ["coordinator", "member", "team"]


def _of_roles(values: Collection[str]) -> labels.Labels:
    named = {"coordinator": _("Coordinación"), "member": _("Integrante"), "team": _("Equipo de la red")}
    return {value: named[value] for value in values if value in named}


facets: Registry[Facet] = Registry("facets of the directory")
for _facet in (
    Facet("can_help", gettext_lazy("Puede ayudar con"), labels.of_topics, 10, is_open=True),
    Facet("area", gettext_lazy("Área de gestión"), labels.of_areas, 20, is_open=True),
    Facet("country", gettext_lazy("País"), labels.of_countries, 30),
    Facet("province", gettext_lazy("Provincia o región"), labels.of_provinces, 40),
    Facet("topic", gettext_lazy("Tema"), labels.of_topics, 50),
    Facet("population", gettext_lazy("Tamaño del municipio"), labels.of_populations, 60, by_number),
    Facet("role", gettext_lazy("Rol"), _of_roles, 70, by_place_in(_ROLES)),
):
    facets.register(_facet)
