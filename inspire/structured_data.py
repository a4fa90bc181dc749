"""A solution as search engines and reference managers read it: schema.org in JSON-LD.

Source of the words: https://schema.org/Article. A block of data is no script: the Content-Security-Policy, which
forbids scripts in the page, does not concern it.
"""

import json
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from inspire.models import Solution, SolutionPerson
from inspire.reading import SolutionPage

# What could end the block or begin markup, wherever it stands in a text; JSON reads it back as it was.
_ESCAPES = {ord(character): f"\\u{ord(character):04X}" for character in "<>&\u2028\u2029"}


def structured_data(
    solution: Solution, page: SolutionPage, url: str, absolute: Callable[[str], str]
) -> SafeString:
    """Return the element that describes the page of a solution to programs.

    Args:
        url: the page's own address.
        absolute: makes a whole address of one within the portal.
    """
    described = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": page.title,
        "description": page.summary,
        "inLanguage": page.language,
        "url": url,
        "mainEntityOfPage": url,
        "datePublished": _day(solution.published_at),
        "dateModified": _day(solution.updated_at),
        "author": _authors(solution),
        "publisher": {"@type": "Organization", "name": settings.ORGANISATION_NAME, "url": absolute("/")},
        "license": solution.licence,
        "isBasedOn": solution.source_url if page.has_source_address else "",
        "isAccessibleForFree": True,
        "image": [absolute(photo.picture.src) for photo in page.photos],
        "about": _subjects(solution, page),
        "keywords": solution.tags,
        "award": solution.recognitions,
        "temporalCoverage": _years(solution),
        "spatialCoverage": _place(solution),
    }
    return ld_json({name: value for name, value in described.items() if value})


def ld_json(data: dict[str, Any]) -> SafeString:
    """Return data as an element of the page that no text in it can end."""
    text = json.dumps(data, ensure_ascii=False).translate(_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 escaped in the line above


def _day(moment: Any) -> str:
    return str(moment.date().isoformat()) if moment else ""


def _authors(solution: Solution) -> list[dict[str, str]]:
    """Name who tells it, or else the collection that it comes from."""
    authors = [
        {"@type": "Person", "name": person.name}
        for person in solution.people.all()
        if person.role == SolutionPerson.Role.AUTHOR
    ]
    if not authors and solution.source_name:
        authors = [{"@type": "Organization", "name": solution.source_name}]
    return authors


def _subjects(solution: Solution, page: SolutionPage) -> list[dict[str, str]]:
    names = [
        *(area.name for area in solution.areas.all()),
        *(topic.name for topic in solution.topics.all()),
        *(f"ODS {number}: {goal}" for number, goal in page.goals),
    ]
    return [{"@type": "Thing", "name": name} for name in names]


def _years(solution: Solution) -> str:
    """Return the years as ISO 8601 writes a span; one that has not ended stays open."""
    start, end = solution.start_year, solution.end_year
    if not start:
        return ""
    has_ended = end or solution.stage == Solution.Stage.ENDED
    return f"{start}/{end or start}" if has_ended else f"{start}/.."


def _place(solution: Solution) -> dict[str, Any]:
    place: dict[str, Any] = {
        "@type": "Place",
        "name": ", ".join(filter(None, (solution.place_name, solution.country.name))),
        "address": {"@type": "PostalAddress", "addressCountry": solution.country_id},
    }
    if solution.place_name:
        place["address"]["addressLocality"] = solution.place_name
    if solution.has_position and not solution.is_country_wide:
        place["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": solution.latitude,
            "longitude": solution.longitude,
        }
    return place
