"""Finding a municipality while its name is being typed."""

from dataclasses import dataclass

from portal.places.models import Municipality

MAX_OPTIONS = 10


@dataclass(frozen=True)
class MunicipalityOptions:
    """The municipalities to choose from, and whether more begin with the same letters."""

    text: str
    options: list[Municipality]
    has_more: bool


def find_municipalities(text: str, *, country: str = "") -> MunicipalityOptions:
    """Return at most `MAX_OPTIONS` municipalities whose names begin with a text, largest first, for whoever types it.

    Args:
        text: two letters or more; less finds nothing.
        country: ISO code of the only country to look in.
    """
    rows = Municipality.objects.named_like(text).select_related("country")
    if country:
        rows = rows.in_country(country.upper())
    found = list(rows[: MAX_OPTIONS + 1])
    return MunicipalityOptions(text.strip(), found[:MAX_OPTIONS], len(found) > MAX_OPTIONS)
