"""Between a solution in the library and what is typed on the desk: a record as content, and content as a record."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, replace
from typing import Any, TypeVar

from django.db import connection

from inspire.capitals import capital_towns
from inspire.contribution_content import TRANSLATED, with_current
from inspire.models import (
    TEXT_FIELDS,
    Contribution,
    Solution,
)
from inspire.record import Attachment, Figure, Link, Person, Photo, SolutionRecord
from portal.places.models import Municipality
from portal.places.names import normalise_name

PORTAL_SOURCE = "portal"
# Of the base of a proposal: the ids of the files that the solution showed when it was begun.
FILES = "files"
# What the page of criteria says of texts whose authors name no other licence.
USUAL_LICENCE = "CC BY 4.0"
_AS_THEY_ARE = (
    *TEXT_FIELDS, "place_name", "cost_band", "stage", "level", "language", "source_name", "source_url", "licence",
)  # fmt: skip
_Part = TypeVar("_Part", Photo, Attachment)
_PERSON = ("role", "name", "position", "organisation")


def solution_record(solution: Solution) -> SolutionRecord:
    """Return the present content of a solution, whole, as the database tells it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT inspire_solution_content(%s)::text", [solution.pk])
        (content,) = cursor.fetchone()
    return SolutionRecord.from_json(json.loads(content))


def content_of(record: SolutionRecord) -> dict[str, Any]:
    """Return a record as it is typed into the form of a contribution."""
    content: dict[str, Any] = {name: getattr(record, name) for name in _AS_THEY_ARE}
    content |= {
        "country": record.country_id,
        "municipality": {"choice": str(record.municipality_id or "")},
        "areas": list(record.areas),
        "topics": list(record.topics),
        "sdgs": [str(number) for number in record.sdgs],
        "tags": ", ".join(record.tags),
        "recognitions": "\n".join(record.recognitions),
        "figures": [asdict(figure) for figure in record.figures],
        "links": [asdict(link) for link in record.links],
        "people": [{name: getattr(one, name) for name in _PERSON} for one in record.people or []],
        "start_year": str(record.start_year or ""),
        "end_year": str(record.end_year or ""),
    }
    if record.position_precision == Solution.PositionPrecision.EXACT:
        content |= {"latitude": str(record.latitude), "longitude": str(record.longitude)}
    language = next(iter(record.translations), "")
    texts = record.translations.get(language, {})
    content["translation_language"] = language
    content |= {f"translation_{name}": str(texts.get(name) or "") for name in TEXT_FIELDS}
    return content


def effective_content(contribution: Contribution, *, with_library: bool = True) -> dict[str, Any]:
    """Return what a contribution would make of the library now: a proposal leaves alone what it does not change.

    Args:
        with_library: whether the reader may see what the solution says now; else only what she wrote is returned.
    """
    if not (with_library and contribution.is_proposal and contribution.solution):
        return dict(contribution.content)
    current = content_of(solution_record(contribution.solution))
    return with_current(contribution.content, contribution.base_content, current)


def contribution_record(
    contribution: Contribution, cleaned: Mapping[str, Any], *, with_library: bool = True
) -> SolutionRecord:
    """Return the record that a contribution becomes.

    Args:
        cleaned: the clean values of its form, which found nothing wrong.
        with_library: as for `effective_content`.
    """
    solution = contribution.solution if with_library else None
    base = solution_record(solution) if solution else _empty(contribution, cleaned)
    texts = {name: cleaned[name] for name in _AS_THEY_ARE}
    texts["licence"] = cleaned["licence"] or base.licence
    municipality: Municipality | None = cleaned["municipality"]
    return replace(
        base,
        **texts,
        **_position(cleaned, base),
        country_id=cleaned["country"],
        municipality_id=municipality.pk if municipality else None,
        areas=cleaned["areas"],
        topics=cleaned["topics"],
        sdgs=[int(number) for number in cleaned["sdgs"]],
        tags=cleaned["tags"],
        recognitions=cleaned["recognitions"],
        start_year=cleaned["start_year"],
        end_year=cleaned["end_year"],
        figures=[Figure(**row) for row in cleaned["figures"]],
        links=[Link(**row) for row in cleaned["links"]],
        translations=_translations(cleaned, base),
        people=_people(contribution, cleaned, base),
        photos=_with_files(contribution, base.photos or [], _photos(contribution)),
        attachments=_with_files(contribution, base.attachments or [], _attachments(contribution)),
    )


def _empty(contribution: Contribution, cleaned: Mapping[str, Any]) -> SolutionRecord:
    return SolutionRecord(
        source=PORTAL_SOURCE,
        source_id=str(contribution.public_id),
        slug=cleaned["title"],
        title=cleaned["title"],
        country_id=cleaned["country"],
        licence=USUAL_LICENCE,
    )


def _position(cleaned: Mapping[str, Any], base: SolutionRecord) -> dict[str, Any]:
    """Say where it stands on the map: the given point, its town, its country's capital, or nowhere."""
    exact = Solution.PositionPrecision.EXACT
    if cleaned["latitude"] is not None:
        return _at(cleaned["latitude"], cleaned["longitude"], exact)
    place = (cleaned["country"], getattr(cleaned["municipality"], "pk", None), cleaned["place_name"])
    was_exact = base.position_precision == exact
    if base.latitude is not None and not was_exact and place == _place_of(base):
        return {}
    if cleaned["municipality"]:
        town = cleaned["municipality"]
        return _at(town.latitude, town.longitude, Solution.PositionPrecision.PLACE)
    if not cleaned["place_name"]:
        capital = capital_towns([cleaned["country"]]).get(cleaned["country"])
        if capital:
            return _at(capital.latitude, capital.longitude, Solution.PositionPrecision.COUNTRY)
    return _at(None, None, "")


def _place_of(record: SolutionRecord) -> tuple[str, int | None, str]:
    return record.country_id, record.municipality_id, record.place_name


def _at(latitude: float | None, longitude: float | None, precision: str) -> dict[str, Any]:
    if latitude is None or longitude is None:
        latitude = longitude = None
        precision = ""
    return {"latitude": latitude, "longitude": longitude, "position_precision": precision}


def _translations(cleaned: Mapping[str, Any], base: SolutionRecord) -> dict[str, Any]:
    """Put the one translation of the form beside the others, which it does not show."""
    language = cleaned["translation_language"]
    if not language:
        return dict(base.translations)
    given = {name.removeprefix("translation_"): cleaned[name] for name in TRANSLATED if cleaned[name]}
    kept = {name: part for name, part in base.translations.get(language, {}).items() if name == "figures"}
    others = {code: texts for code, texts in base.translations.items() if code != language}
    return {**others, language: {**kept, **given}} if given else others


def name_key(name: str) -> str:
    """Return by what a person's name is recognised, however it is typed and in whatever alphabet."""
    return normalise_name(name) or " ".join(name.casefold().split())


def accounts_by_name(people: Iterable[Person]) -> Callable[[str], int | None]:
    """Return what tells whose account a name of a page belongs to, however it is typed; nobody's where two share it."""
    found: dict[str, set[int]] = {}
    for person in people:
        if person.user_id is not None:
            found.setdefault(name_key(person.name), set()).add(person.user_id)
    certain = {name: next(iter(accounts)) for name, accounts in found.items() if len(accounts) == 1}
    return lambda name: certain.get(name_key(name))


def _people(contribution: Contribution, cleaned: Mapping[str, Any], base: SolutionRecord) -> list[Person]:
    """Return who stands behind it: those of the form, and the authors who want to be named."""
    account_of = accounts_by_name(base.people or [])
    people = [Person(**row, user_id=account_of(row["name"])) for row in cleaned["people"]]
    known = {one.user_id for one in people if one.role == "author"}
    named = contribution.authors.filter(accepted_at__isnull=False, is_named=True, user__is_active=True)
    people.extend(
        Person(role="author", name=row.user.name, user_id=row.user_id)
        for row in named.select_related("user")
        if row.user_id not in known
    )
    return people


def _with_files(contribution: Contribution, current: list[_Part], own: list[_Part]) -> list[_Part]:
    """Return the files of a contribution; a proposal takes files away and adds some, and leaves the others alone."""
    if not contribution.is_proposal:
        return own
    begun_with = set(contribution.base_content.get(FILES, []))
    taken_away = begun_with - {part.file_id for part in own}
    staying: list[_Part] = [part for part in current if part.file_id not in taken_away]
    there = begun_with | {part.file_id for part in staying}
    return staying + [part for part in own if part.file_id not in there]


def _photos(contribution: Contribution) -> list[Photo]:
    return [
        Photo(row.file_id, row.alt, row.caption, row.credit, row.licence)
        for row in contribution.files.all()
        if row.is_photo
    ]


def _attachments(contribution: Contribution) -> list[Attachment]:
    return [Attachment(row.file_id, row.title) for row in contribution.files.all() if not row.is_photo]
