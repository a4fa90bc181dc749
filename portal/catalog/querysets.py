"""Questions asked of the catalogue."""

from typing import TYPE_CHECKING, Any, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db import models
from django.db.models import Count, F, Func, Q, TextField, Value
from django.db.models.functions import Coalesce

from portal.catalog.hiding import hidden_from
from portal.catalog.reading_level import MEMBERS_LEVELS, reading_level
from portal.catalog.search_text import split_search_text

if TYPE_CHECKING:
    from portal.catalog.models import Entry

# How many of the newest things that share something are compared, per way of sharing it.
COMPARED = 300
HIGHLIGHT_OPTIONS = (
    'StartSel="⟦", StopSel="⟧", MaxFragments=2, MaxWords=28, MinWords=12, FragmentDelimiter=" … "'
)


class CatalogQuery(SearchQuery):
    """What a reader typed, as a query that finds it in Spanish, English, Portuguese or any other language."""

    def __init__(self, text: str) -> None:
        wanted, unwanted = split_search_text(text)
        self.function = "catalog_query"
        self.invert = False
        # Past SearchQuery's own arguments: the database function takes two texts and no configuration.
        Func.__init__(self, Value(wanted, TextField()), Value(unwanted, TextField()))


class EntryQuerySet(models.QuerySet["Entry"]):
    """Catalogue entries."""

    def visible_to(self, user: Any) -> Self:
        """Public ones for everyone; members' ones for people who work in a municipality, and for staff.

        What an app hides from this very reader is left out, see `portal.catalog.hiding`.
        """
        found = self.all() if reading_level(user) in MEMBERS_LEVELS else self.filter(visibility="public")
        for kind, keys in hidden_from(user).items():
            found = found.exclude(kind=kind, object_id__in=keys)
        return found

    def of_kind(self, *kinds: str) -> Self:
        """Only things of these kinds."""
        return self.filter(kind__in=kinds)

    def in_area(self, *areas: str) -> Self:
        """Only things of at least one of these policy areas."""
        return self.filter(areas__overlap=list(areas))

    def about(self, *topics: str) -> Self:
        """Only things of at least one of these topics."""
        return self.filter(topics__overlap=list(topics))

    def newest(self) -> Self:
        """The latest published first."""
        return self.order_by("-published_at", "-id")

    def matching(self, text: str) -> Self:
        """Only what a reader's words are found in, the best match first, with `rank` on each."""
        query = CatalogQuery(text)
        return (
            self.filter(search=query)
            .annotate(rank=SearchRank(F("search"), query, normalization=1))
            .order_by("-rank", "-published_at", "-id")
        )

    def with_extract(self, text: str) -> Self:
        """Add `extract` to each row: where the words were found, marked with ⟦ and ⟧. For a page of rows only."""
        return self.annotate(
            extract=Func(
                F("language"),
                Coalesce(F("summary"), Value("")),
                F("body"),
                CatalogQuery(text),
                Value(HIGHLIGHT_OPTIONS),
                function="catalog_extract",
                output_field=TextField(),
            )
        )

    def related_to(self, entry: "Entry") -> Self:
        """Other things about the same, those that share most topics first, then the same country, then the newest.

        Only the newest that share all topics, a topic or an area are compared with each other, so that the answer
        costs as much in a catalogue of a million things as in one of a thousand. What narrows the choice, such as
        `of_kind` and `visible_to`, is said before.

        Each row carries `shared_topics`, `shared_areas` (lists of slugs) as the reason.
        """
        others = self.exclude(pk=entry.pk).order_by("-published_at", "-id").values("pk")
        sharing = [others.filter(areas__overlap=entry.areas)[:COMPARED]]
        if entry.topics:
            sharing.append(others.filter(topics__overlap=entry.topics)[:COMPARED])
            sharing.append(others.filter(topics__contains=entry.topics)[:COMPARED])
        compared: Any = self.model._default_manager.filter(pk__in=sharing[0].union(*sharing[1:]))
        found: Self = compared.annotate(
            shared_topics=_intersection("topics", entry.topics),
            shared_areas=_intersection("areas", entry.areas),
            is_near=Q(country_id=entry.country_id) & Q(country_id__isnull=False),
        ).order_by(
            Func("shared_topics", function="cardinality").desc(),
            F("is_near").desc(nulls_last=True),
            "-published_at",
            "-id",
        )
        return found

    def count_by_kind(self) -> dict[str, int]:
        """How many there are of each kind."""
        return dict(self.order_by().values_list("kind").annotate(Count("id")))


def _intersection(field: str, slugs: list[str]) -> Func:
    slug_array: ArrayField = ArrayField(TextField())
    return Func(F(field), Value(slugs, slug_array), function="catalog_shared", output_field=slug_array)
