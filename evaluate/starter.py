"""Loads the questionnaires that the portal begins with."""

import hashlib
from pathlib import Path

from django.utils.translation import ngettext

from evaluate.services.questionnaires import questionnaire_import

CONTENT = Path(__file__).parent / "content"


def content_version() -> str:
    """Return a mark that changes when any of the questionnaires' files does."""
    digest = hashlib.sha256()
    for file in _files():
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]


def load_questionnaires() -> str:
    """Publish the questionnaires of the files; one whose file has not changed keeps its version."""
    outcomes = [
        questionnaire_import(data=file.read_bytes(), filename=file.name, publish=True) for file in _files()
    ]
    criteria = sum(outcome.version.criteria_count for outcome in outcomes)
    return ngettext(
        "%(count)s cuestionario, con %(criteria)s criterios",
        "%(count)s cuestionarios, con %(criteria)s criterios",
        len(outcomes),
    ) % {"count": len(outcomes), "criteria": criteria}


def _files() -> list[Path]:
    return sorted(CONTENT.glob("*.yaml"))
