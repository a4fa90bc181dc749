"""The cases that the library begins with."""

import hashlib
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.utils.translation import gettext as _

from inspire.capitals import capital_towns
from inspire.importing.record import SolutionRecord
from inspire.models import TEXT_FIELDS, Solution
from inspire.services import solutions_upsert
from portal.places.models import Municipality, MunicipalityCode

# Raised when what this module makes of the same files changes.
REVISION = 1
CONTENT = Path(__file__).parent / "content" / "solutions"
SOURCE = "starter"


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
    return [yaml.safe_load(file.read_text(encoding="utf-8")) for file in _files()]


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
    texts = _texts(case["es"])
    return SolutionRecord(
        source=SOURCE,
        source_id=case["id"],
        slug=case["id"],
        country_id=case["country"],
        title=texts["title"],
        summary=texts["summary"],
        what_was_done=texts["what_was_done"],
        results=texts["results"],
        language="es",
        translations={"en": _texts(case["en"])},
        municipality_id=town.pk if town else None,
        place_name=case["place"],
        level=case["level"],
        start_year=case["year"],
        source_name=case["source"]["name"],
        source_url=case["source"].get("url", ""),
        areas=case["areas"],
        topics=case.get("topics", []),
        **_position(case, town, capitals),
    )


def _texts(texts: dict[str, str]) -> dict[str, str]:
    return {name: texts[name].strip() for name in TEXT_FIELDS}
