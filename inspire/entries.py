"""Solutions as the catalogue sees them."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import cast

from django.utils.translation import gettext_lazy as _

from inspire.models import Solution, SolutionText
from inspire.querysets import KIND
from portal.catalog.kinds import EntryDraft, EntryKind

_CHUNK = 1000


def solution_draft(solution: Solution) -> EntryDraft:
    """Return what search, lists of news and related things are told of a published solution.

    Args:
        solution: loaded with `with_slugs`.
    """
    text = solution.text_in(solution.language)
    return EntryDraft(
        kind=KIND,
        object_id=solution.pk,
        url=solution.get_absolute_url(),
        title=text.title,
        summary=text.summary,
        body=_body(text),
        language=solution.language,
        translations=_translations(solution),
        published_at=cast(datetime, solution.published_at),
        country_id=solution.country_id,
        municipality_id=solution.municipality_id,
        place_name=solution.place_name,
        areas=solution.area_slugs,
        topics=solution.topic_slugs,
        tags=solution.tags,
        people=solution.account_ids,
        latitude=solution.latitude,
        longitude=solution.longitude,
        is_sample=solution.is_sample,
    )


def drafts_of(solution_ids: Iterable[int]) -> Iterator[EntryDraft]:
    """Yield the drafts of those of these solutions that are published."""
    published = Solution.objects.published().with_slugs().filter(pk__in=list(solution_ids))
    yield from map(solution_draft, published.iterator(chunk_size=_CHUNK))


def all_drafts() -> Iterator[EntryDraft]:
    """Yield the drafts of everything in the library, for a rebuild of the catalogue."""
    published = Solution.objects.published().with_slugs()
    yield from map(solution_draft, published.iterator(chunk_size=_CHUNK))


def last_changes(solution_ids: Collection[int]) -> dict[int, datetime]:
    """Return when each of these solutions was last changed."""
    return dict(Solution.objects.filter(pk__in=solution_ids).values_list("pk", "updated_at"))


def _body(text: SolutionText) -> str:
    return "\n\n".join(filter(None, (text.what_was_done, text.results)))


def _translations(solution: Solution) -> dict[str, dict[str, str]]:
    return {
        text.language: {"title": text.title, "summary": text.summary, "body": _body(text)}
        for text in map(solution.text_in, solution.languages[1:])
    }


solution_kind = EntryKind(
    id=KIND,
    label=_("Solución"),
    label_plural=_("Soluciones"),
    function="inspire",
    drafts=all_drafts,
    order=1,
    changes=last_changes,
)
