"""Which part of the house a thing belongs to, and whom that part may know."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ("connect", "share", "inspire", "teach", "evaluate", "dashboards")


def contracts() -> list[dict]:
    """Return the import contracts of pyproject.toml."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        return tomllib.load(file)["tool"]["importlinter"]["contracts"]


def floors() -> list[set[str]]:
    """Return the layers of the house, the top one first."""
    house = next(contract for contract in contracts() if contract["id"] == "house")
    return [{part.strip() for part in layer.split("|")} for layer in house["layers"]]


def floor_of(part: str) -> int:
    """Return how far from the top a part lives."""
    for number, floor in enumerate(floors()):
        if part in floor:
            return number
    raise LookupError(part)


def may_know(part: str, other: str) -> bool:
    """Say whether one part of the house may name another: itself, or one that is below."""
    return part == other or floor_of(other) > floor_of(part)


def part_of_module(module: str) -> str | None:
    """Return the part that a dotted module path belongs to."""
    for floor in floors():
        for part in floor:
            if module == part or module.startswith(f"{part}."):
                return part
    return None


def part_of_label(label: str) -> str | None:
    """Return the part that an app label belongs to."""
    if label in APPS:
        return label
    part = f"portal.{label}"
    return part if any(part in floor for floor in floors()) else None


def part_of_template(path: str) -> str | None:
    """Return the part that a template path belongs to; the shared base and components belong to core."""
    head = path.split("/")[0]
    if head in ("base.html", "components", "admin", "django", "allauth", "account", "mfa"):
        return "portal.core"
    if head == "portal":
        return "portal.pages"
    return part_of_label(head)
