"""Search over everything."""

from collections.abc import Container
from typing import Any

from django.views.generic import TemplateView

from portal.catalog.kinds import entry_kinds
from portal.catalog.models import Entry
from portal.catalog.querysets import EntryQuerySet
from portal.catalog.search_text import MAX_LENGTH
from portal.catalog.words import suggested_text
from portal.core.htmx import FragmentMixin
from portal.topics.labels import area_labels, topic_labels

PAGE_SIZE = 20
MAX_PAGES = 25
COUNT_LIMIT = 1000
# With fewer results than these a reader may have misspelt a word.
FEW = 3


class SearchView(FragmentMixin, TemplateView):
    """Finds things of every kind by words, policy area, topic and kind; the best match first."""

    template_name = "portal/search.html"
    fragment_template_name = "portal/_search_results.html"
    is_public_page = True
    is_shared_page = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather one page of results and how many there are, counted up to a limit."""
        text = self.request.GET.get("q", "").strip()[:MAX_LENGTH]
        # A filter that no list of the page offers is none.
        kind = _known(self.request.GET.get("tipo", ""), {kind.id for kind in entry_kinds})
        area = _known(self.request.GET.get("area", ""), area_labels())
        topic = _known(self.request.GET.get("tema", ""), topic_labels())
        found = self._found(text, kind, area, topic)
        page = self._page()
        start = (page - 1) * PAGE_SIZE
        count = found.order_by()[:COUNT_LIMIT].count() if found is not None else 0
        rows = list(self._shown(found, text)[start : start + PAGE_SIZE]) if found is not None else []
        return super().get_context_data(
            text=text,
            kind=kind,
            area=area,
            topic=topic_labels().get(topic),
            entries=rows,
            count=count,
            is_count_limited=count == COUNT_LIMIT,
            suggestion=self._suggestion(text, kind, area, topic, count),
            asked=found is not None,
            page=page,
            previous_page=page - 1 if page > 1 else None,
            next_page=page + 1 if count > start + PAGE_SIZE and page < MAX_PAGES else None,
            kinds=list(entry_kinds),
            areas=area_labels().values(),
            **kwargs,
        )

    def _found(self, text: str, kind: str, area: str, topic: str) -> EntryQuerySet | None:
        if not (text or area or kind or topic):
            return None
        found: EntryQuerySet = Entry.objects.visible_to(self.request.user)
        found = found.matching(text) if text else found.newest()
        if kind:
            found = found.of_kind(kind)
        if area:
            found = found.in_area(area)
        if topic:
            found = found.about(topic)
        return found

    def _suggestion(self, text: str, kind: str, area: str, topic: str, count: int) -> str:
        """Return other words that find more, when these find next to nothing."""
        if not text or count >= FEW:
            return ""

        def finds_more(words: str) -> bool:
            found = self._found(words, kind, area, topic)
            return found is not None and found.order_by()[:COUNT_LIMIT].count() > count

        return suggested_text(text, finds_more)

    def _shown(self, found: EntryQuerySet, text: str) -> EntryQuerySet:
        shown = found.select_related("country").defer("body")
        return shown.with_extract(text) if text else shown

    def _page(self) -> int:
        """Read the page's number. Relevance has no key to page by, so the number of pages is bounded instead."""
        asked = self.request.GET.get("pagina", "1")
        return min(max(int(asked), 1), MAX_PAGES) if asked.isdecimal() and len(asked) < 6 else 1


def _known(asked: str, offered: Container[str]) -> str:
    return asked if asked in offered else ""
