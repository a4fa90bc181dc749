"""The policy areas and topics that a questionnaire may name."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from evaluate.drafting.findings import Vocabulary
from portal.topics.models import PolicyArea

Options = list[tuple[str, Any]]


@dataclass(frozen=True)
class Words:
    """Areas and topics as the fields of a form offer them, and as findings compare with them."""

    areas: Options
    topics: Options
    known: Vocabulary


def known_words() -> Words:
    """Read the areas with their topics: two queries, however many there are."""
    areas = list(PolicyArea.objects.prefetch_related("topics"))
    topics = [(str(area), [(topic.slug, str(topic)) for topic in area.topics.all()]) for area in areas]
    slugs = {topic.slug for area in areas for topic in area.topics.all()}
    return Words(
        [(area.slug, str(area)) for area in areas], topics, Vocabulary({area.slug for area in areas}, slugs)
    )


def options(empty: str | Promise, offered: Options, now: str, known: Iterable[str]) -> Options:
    """Return the options of a field, with what it holds now even where that does not exist."""
    stray = [(now, _("%(slug)s (no existe)") % {"slug": now})] if now and now not in known else []
    return [("", empty), *stray, *offered]
