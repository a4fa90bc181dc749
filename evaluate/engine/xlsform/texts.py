"""The texts of pyxform's form of a questionnaire: plain, by language, and in media columns."""

from collections.abc import Mapping
from typing import Any

from evaluate.engine.definition import UNMARKED_LANGUAGE, Texts
from evaluate.engine.xlsform.languages import language_code


def texts(value: Any, default_language: str) -> Texts:
    """A label, hint or message by language code; without a language it is in the form's default one."""
    if isinstance(value, Mapping):
        return {
            _code(language, default_language): str(text)
            for language, text in value.items()
            if text not in (None, "")
        }
    return {default_language: str(value)} if value not in (None, "") else {}


def media(value: Any, default_language: str) -> dict[str, Texts]:
    """The names of the files of each kind of media (image, audio, video), by language."""
    if not isinstance(value, Mapping):
        return {}
    return {kind: texts(names, default_language) for kind, names in value.items()}


def _code(language: str, default_language: str) -> str:
    return default_language if language == UNMARKED_LANGUAGE else language_code(language)
