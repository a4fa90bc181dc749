"""Time zones as people choose them: by country and city, those of the network's countries first.

Source: the IANA zones that Unicode CLDR names, through Babel.
"""

from datetime import UTC, date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale
from babel.core import get_global
from babel.dates import get_timezone_location
from django.conf import settings
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

# Where the network's municipalities are, and those whose language it speaks.
NETWORK_COUNTRIES = frozenset({
    "AR", "BO", "BR", "CL", "CO", "CR", "CU", "DO", "EC", "ES", "GT",
    "HN", "MX", "NI", "PA", "PE", "PR", "PY", "SV", "UY", "VE",
})  # fmt: skip
# Argentina's public sites name its territory as its law does (Ley 26.651).
NAMES_BY_LAW: dict[str, str | Promise] = {
    "FK": _("Islas Malvinas (Arg.)"),
    "Atlantic/Stanley": _("Puerto Argentino"),
}
NOWHERE = "ZZ"
MINUTES_IN_AN_HOUR = 60

Choice = tuple[str, str]


def known_zone(name: str) -> str:
    """Return a time zone by its present name; nothing for what is none.

    Browsers still say old names of some ("America/Buenos_Aires", "Asia/Calcutta").
    """
    present = get_global("zone_aliases").get(name, name)
    return present if present in _zones() else ""


def zone_choices() -> list[tuple[str, list[Choice]]]:
    """Return the zones in groups, by country, in the reader's language: the portal's own country comes first."""
    return list(_grouped(get_language() or settings.LANGUAGE_CODE, timezone.now().date()))


def zone_label(name: str) -> str:
    """Return a zone in the reader's language, with its distance to universal time today."""
    return _label(name, _locale(get_language() or settings.LANGUAGE_CODE), timezone.now().date())


@lru_cache(maxsize=1)
def _zones() -> dict[str, str]:
    """Return the zones of places that the machine's clock knows, each with its country's code."""
    known = available_timezones()
    countries = get_global("zone_territories")
    return {name: country for name, country in countries.items() if name in known and country != NOWHERE}


@lru_cache(maxsize=len(settings.LANGUAGES))
def _grouped(language: str, day: date) -> tuple[tuple[str, list[Choice]], ...]:
    locale = _locale(language)
    by_country: dict[str, list[Choice]] = {}
    for name, country in _zones().items():
        by_country.setdefault(country, []).append((name, _label(name, locale, day)))
    home = _zones().get(settings.TIME_ZONE)

    def place(country: str) -> tuple[bool, bool, str]:
        return country != home, country not in NETWORK_COUNTRIES, _folded(_country_name(country, locale))

    return tuple(
        (_country_name(country, locale), sorted(by_country[country], key=lambda choice: _folded(choice[1])))
        for country in sorted(by_country, key=place)
    )


def _locale(language: str) -> Locale:
    return Locale.parse(language, sep="-")


def _country_name(country: str, locale: Locale) -> str:
    return str(NAMES_BY_LAW.get(country) or locale.territories.get(country, country))


def _label(name: str, locale: Locale, day: date) -> str:
    city = NAMES_BY_LAW.get(name) or get_timezone_location(ZoneInfo(name), locale=locale, return_city=True)
    return f"{str(city).rpartition('/')[2]} ({_distance(name, day)})"


def _distance(name: str, day: date) -> str:
    """Write how far a zone is from universal time on a day ("UTC−3", "UTC+5:30")."""
    offset = datetime.combine(day, time(12), UTC).astimezone(ZoneInfo(name)).utcoffset()
    minutes = round(offset.total_seconds() / 60) if offset else 0
    hours, rest = divmod(abs(minutes), MINUTES_IN_AN_HOUR)
    sign = "−" if minutes < 0 else "+"
    return f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")


def _folded(text: str) -> str:
    """Put a name with an accent where a reader looks for it."""
    return text.translate(str.maketrans("ÁÉÍÓÚáéíóúÅåÇçãÃ", "AEIOUaeiouAaCcaA")).casefold()
