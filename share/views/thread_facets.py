"""The choices beside the list of conversations, written once for all readers who would read the same."""

import hashlib
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import get_language

from portal.core.kept import kept
from portal.facets.choices import facet_choices
from share.threads.reading import FoundThreads

_SECONDS = 300


def facets_written(request: HttpRequest, found: FoundThreads) -> str:
    """Write what can be chosen next.

    It takes as long as everything else on the page, and is the same until a number in it changes: it is kept under
    the very numbers that it shows, so that it is never stale. Combinations, of which there is no end, are not kept.
    """

    def write() -> str:
        tallies = found.counts.by_facet.values()
        context: dict[str, Any] = {
            "facets": facet_choices(found.filters, found.counts),
            "are_counts_least": any(tally.is_cut for tally in tallies),
        }
        return render_to_string("share/_thread_facets.html", context, request)

    if set(found.filters.asked) - {"vista"}:
        return write()
    counted = {id(tally): sorted(tally.keys.items()) for tally in found.counts.by_facet.values()}
    shown = (get_language(), found.view.value, list(counted.values()), sorted(found.counts.whole.keys))
    return kept(f"share:facets:{hashlib.sha256(repr(shown).encode()).hexdigest()}", _SECONDS, write)
