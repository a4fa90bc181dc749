"""The home page."""

from dataclasses import dataclass
from typing import Any

from django.views.generic import TemplateView

from portal.catalog.kinds import EntryKind, entry_kinds
from portal.catalog.models import Entry
from portal.catalog.querysets import EntryQuerySet
from portal.core.functions import PortalFunction, functions
from portal.topics.labels import area_labels

NEWEST_PER_KIND = 3


@dataclass(frozen=True)
class KindNews:
    """The newest things of a kind, and how many there are.

    People and municipalities are only counted: who let herself be found did not ask for the front page.
    """

    kind: EntryKind
    count: int
    entries: list[Entry]


@dataclass(frozen=True)
class FunctionNews:
    """A function of the portal and what is new in it."""

    function: PortalFunction
    kinds: list[KindNews]


class HomeView(TemplateView):
    """The functions of the portal, what is new in each, and the policy areas."""

    template_name = "portal/home.html"
    is_public_page = True
    is_shared_page = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather the news; queries grow with the kinds that are registered, never with the rows."""
        visible = Entry.objects.visible_to(self.request.user)
        counts = visible.count_by_kind()
        news = [
            KindNews(kind, counts[kind.id], _newest(visible, kind))
            for kind in entry_kinds
            if counts.get(kind.id)
        ]
        by_function = [
            FunctionNews(function, [item for item in news if item.kind.function == function.id])
            for function in functions
        ]
        return super().get_context_data(
            open_functions=[item for item in by_function if item.function.url_name],
            coming_functions=[item.function for item in by_function if not item.function.url_name],
            areas=area_labels().values(),
            **kwargs,
        )


def _newest(visible: EntryQuerySet, kind: EntryKind) -> list[Entry]:
    if not kind.is_thing:
        return []
    return list(visible.of_kind(kind.id).newest().defer("body")[:NEWEST_PER_KIND])
