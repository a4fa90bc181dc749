"""The cases that the library begins with."""

import hashlib
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from inspire.capitals import capital_towns
from inspire.models import TEXT_FIELDS, Solution
from inspire.record import Figure, Link, SolutionRecord
from inspire.services import solutions_upsert
from portal.core.yaml_content import read_yaml
from portal.places.models import Municipality, MunicipalityCode

# Raised when what this module makes of the same files changes.
REVISION = 2
CONTENT = Path(__file__).parent / "content" / "solutions"
SOURCE = "starter"
OPTIONAL = ("stage", "end_year", "topics", "tags", "sdgs", "recognitions", "cost_band", "licence")


def content_version() -> str:
    """Return a mark that changes when one of the cases does."""
    digest = hashlib.sha256(str(REVISION).encode())
    for file in _files():
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]


@transaction.atomic
def load_solutions() -> str:
    """Bring the cases in the library up to date with their files."""
    cases = read_cases()
    towns = _towns(cases)
    capitals = capital_towns({case["country"] for case in cases if _is_country_wide(case)})
    done = solutions_upsert(records=(_record(case, towns, capitals) for case in cases))
    return _("%(cases)s soluciones: %(created)s nuevas, %(updated)s cambiadas") % {
        "cases": len(cases),
        "created": len(done.created),
        "updated": len(done.updated),
    }


def read_cases() -> list[dict[str, Any]]:
    """Return the cases as their files tell them."""
    return [read_yaml(file.read_text(encoding="utf-8")) for file in _files()]


def _files() -> tuple[Path, ...]:
    return tuple(sorted(CONTENT.glob("*.yaml")))


def _towns(cases: list[dict[str, Any]]) -> dict[str, Municipality]:
    wanted = [str(case["geonames_id"]) for case in cases if case.get("geonames_id")]
    known = MunicipalityCode.objects.filter(source="geonames", code__in=wanted)
    return {code.code: code.municipality for code in known.select_related("municipality")}


def _is_country_wide(case: dict[str, Any]) -> bool:
    """Say whether a case is of a whole country, and not of a town, of regions or of several countries."""
    return case["level"] == Solution.Level.NATIONAL and not case["place"]


def _position(
    case: dict[str, Any], town: Municipality | None, capitals: dict[str, Municipality]
) -> dict[str, Any]:
    """Return where a case stands on the map: its town, the capital when it is the country's, else nowhere."""
    precision = Solution.PositionPrecision.PLACE
    if _is_country_wide(case):
        town, precision = capitals.get(case["country"]), Solution.PositionPrecision.COUNTRY
    if town is None or town.latitude is None:
        return {}
    return {
        "latitude": town.latitude,
        "longitude": town.longitude,
        "position_precision": precision,
    }


def _record(
    case: dict[str, Any], towns: dict[str, Municipality], capitals: dict[str, Municipality]
) -> SolutionRecord:
    town = towns.get(str(case.get("geonames_id")))
    return SolutionRecord(
        source=SOURCE,
        source_id=case["id"],
        slug=case["id"],
        country_id=case["country"],
        language="es",
        **_told(case["es"]),
        translations={"en": _told_as_json(case["en"])},
        municipality_id=town.pk if town else None,
        place_name=case["place"],
        level=case["level"],
        start_year=case["year"],
        source_name=case["source"]["name"],
        source_url=case["source"].get("url", ""),
        areas=case["areas"],
        links=[Link(**link) for link in case.get("links", [])],
        **{name: case[name] for name in OPTIONAL if name in case},
        **_position(case, town, capitals),
    )


def _told(told: dict[str, Any]) -> dict[str, Any]:
    """Return what a case tells in a language, by the names of a record's fields."""
    texts: dict[str, Any] = {name: told[name].strip() for name in TEXT_FIELDS if told.get(name)}
    return texts | {"figures": [Figure(**_as_text(figure)) for figure in told.get("figures", [])]}


def _told_as_json(told: dict[str, Any]) -> dict[str, Any]:
    return {**_told(told), "figures": [asdict(figure) for figure in _told(told)["figures"]]}


def _as_text(figure: dict[str, Any]) -> dict[str, str]:
    """Take numbers and years that YAML reads as such for what they are: text of the source."""
    return {name: str(value) for name, value in figure.items()}
