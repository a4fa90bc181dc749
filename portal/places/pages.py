"""The page about a municipality: an app shows it, and every page that names the municipality may lead to it."""

from collections.abc import Callable
from dataclasses import dataclass

from portal.core.registry import Registry


@dataclass(frozen=True)
class MunicipalityPage:
    """An app's page about a municipality.

    Args:
        url: returns its path for the municipality's key, without asking the database.
    """

    id: str
    url: Callable[[int], str]
    order: int = 0


municipality_pages: Registry[MunicipalityPage] = Registry("municipality pages")


def municipality_url(municipality_id: int | None) -> str:
    """Return the path of the page about a municipality; empty where there is none."""
    if municipality_id is None:
        return ""
    return next((page.url(municipality_id) for page in municipality_pages), "")
