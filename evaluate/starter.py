"""Loads the questionnaires that the portal begins with."""

import hashlib
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evaluate.services.shipped import Fate, shipped_import

CONTENT = Path(__file__).parent / "content"


def content_version() -> str:
    """Return a mark that changes when any of the questionnaires' files does."""
    digest = hashlib.sha256()
    for file in _files():
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]


def load_questionnaires() -> str:
    """Bring the questionnaires of the files in; what RIL's staff made of one of them stays in force."""
    outcomes = [shipped_import(data=file.read_bytes(), filename=file.name) for file in _files()]
    criteria = sum(outcome.criteria for outcome in outcomes)
    line = ngettext(
        "%(count)s cuestionario, con %(criteria)s criterios",
        "%(count)s cuestionarios, con %(criteria)s criterios",
        len(outcomes),
    ) % {"count": len(outcomes), "criteria": criteria}
    return "; ".join([line, *_left_to_people([(each.slug, each.fate) for each in outcomes])])


def _left_to_people(fates: list[tuple[str, str]]) -> list[str]:
    """Say what was not put in force, because people had changed it."""
    words = {
        Fate.DRAFTED: _("quedan como borrador, porque el equipo había cambiado la versión en uso: %(slugs)s"),
        Fate.LEFT: _("no se tocan, porque el equipo ya tiene un borrador abierto: %(slugs)s"),
    }
    found = {fate: ", ".join(slug for slug, each in fates if each == fate) for fate in words}
    return [words[fate] % {"slugs": slugs} for fate, slugs in found.items() if slugs]


def _files() -> list[Path]:
    return sorted(CONTENT.glob("*.yaml"))
