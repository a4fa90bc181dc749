"""What a questionnaire asks, as the portal keeps it, with all its languages or with one."""

from collections.abc import Mapping
from typing import Any

from evaluate.engine.definition import text_in

# The fields of a definition that hold a text in each language.
TEXTS = frozenset(
    {
        "label",
        "hint",
        "guidance",
        "good",
        "evidence",
        "required_message",
        "constraint_message",
        "summary",
        "intro",
        "titles",
    }
)


def in_one_language(definition: Mapping[str, Any], language: str) -> dict[str, Any]:
    """Return a stored definition with its texts in one language, or in whatever there is of each."""
    default = str(definition.get("default_language", ""))
    shown = _shown(definition, language, default)
    shown["level_names"] = [text_in(texts, language, default) for texts in definition.get("level_names", ())]
    return shown


def _shown(part: Mapping[str, Any], language: str, default: str) -> dict[str, Any]:
    return {
        name: text_in(value, language, default)
        if name in TEXTS and isinstance(value, Mapping)
        else _inside(value, language, default)
        for name, value in part.items()
    }


def _inside(value: Any, language: str, default: str) -> Any:
    if isinstance(value, Mapping):
        return _shown(value, language, default)
    if isinstance(value, list):
        return [_inside(each, language, default) for each in value]
    return value
