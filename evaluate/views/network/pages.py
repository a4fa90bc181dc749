"""Coverage, weak criteria, distribution, and what is under way."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from evaluate.network.coverage import coverage_tables
from evaluate.network.criteria import weakest_criteria
from evaluate.network.distribution import (
    band_groups,
    distribution_figure,
    most_answered,
    province_groups,
)
from evaluate.network.filters import choices
from evaluate.network.under_way import PAGES, personal_count, stuck, under_way, under_way_table
from evaluate.views.network.access import NetworkMixin

TABS = (
    ("evaluate:network-coverage", gettext_lazy("Cobertura")),
    ("evaluate:network-criteria", gettext_lazy("Criterios más flojos")),
    ("evaluate:network-distribution", gettext_lazy("Cómo se reparten")),
    ("evaluate:network-under-way", gettext_lazy("En curso")),
    ("evaluate:network-export", gettext_lazy("Llevarse los datos")),
)


class NetworkPage(NetworkMixin, TemplateView):
    """What the pages of the network's view share: tabs and filters."""

    tab = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the tabs and what the filters offer."""
        return super().get_context_data(
            tabs=TABS, tab=self.tab, chosen=self.chosen, choices=choices(self.chosen), **kwargs
        )


class NetworkCoverage(NetworkPage):
    """Which municipalities answered, by questionnaire, area, province and size."""

    template_name = "evaluate/network/network_coverage.html"
    tab = "evaluate:network-coverage"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the tables, and the count of personal self-checks where it points at nobody."""
        tables = coverage_tables(self.chosen)
        return super().get_context_data(
            tables=tables, size=self.chosen.places.count(), personal=personal_count(self.chosen), **kwargs
        )


class NetworkCriteria(NetworkPage):
    """The criteria in which the network is weakest."""

    template_name = "evaluate/network/network_criteria.html"
    tab = "evaluate:network-criteria"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the table."""
        return super().get_context_data(table=weakest_criteria(self.chosen), **kwargs)


class NetworkDistribution(NetworkPage):
    """How the totals of a questionnaire spread by province and by size."""

    template_name = "evaluate/network/network_distribution.html"
    tab = "evaluate:network-distribution"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the questionnaire and its figures."""
        version = most_answered(self.chosen)
        if version is not None:
            key = version.questionnaire_id
            source = _("Resultados vigentes de «%(title)s», de todas sus versiones.") % {
                "title": version.title
            }
            kwargs["figures"] = [
                (
                    distribution_figure(name, title, first, groups(self.chosen, key), source),
                    name,
                )
                for name, title, first, groups in (
                    ("distribucion-tamanos", _("Por tamaño"), _("Habitantes"), band_groups),
                    ("distribucion-provincias", _("Por provincia"), _("Provincia"), province_groups),
                )
            ]
        return super().get_context_data(version=version, **kwargs)


class NetworkUnderWay(NetworkPage):
    """What municipalities are answering, the oldest first."""

    template_name = "evaluate/network/network_under_way.html"
    tab = "evaluate:network-under-way"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add a page of them."""
        found = under_way(self.chosen)
        only_stuck = self.request.GET.get("paradas") == "1"
        page = PAGES.page(stuck(found) if only_stuck else found, self.request.GET.get("cursor", ""))
        return super().get_context_data(
            page=page,
            table=under_way_table(page.rows),
            only_stuck=only_stuck,
            count=self.chosen.evaluations.in_progress().count(),
            **kwargs,
        )
