"""What a questionnaire says of itself as a whole: its texts, languages, levels."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from evaluate.drafting.formulas import TEXT_FIELDS
from evaluate.engine.definition import (
    NOT_APPLICABLE_EXCLUDED,
    POINTS_OVER_MAXIMUM,
    UNMARKED_LANGUAGE,
    FormDefinition,
    Texts,
)
from evaluate.engine.definition_json import from_json, to_json

ALWAYS_OFFERED = ("es", "en")
_TEXTS = frozenset({*TEXT_FIELDS, "titles", "summary", "intro", "level_names"})
_TEXTS_BY_KIND = "media"
_NO_TEXTS = frozenset({"columns", "parameters", "tables"})


def empty_definition(slug: str, area: str, titles: Texts) -> FormDefinition:
    """Return the first draft of a questionnaire: its title, and nothing asked yet."""
    given = {language: title for language, title in titles.items() if title}
    languages = tuple(given) or ALWAYS_OFFERED[:1]
    return FormDefinition(
        form_id=slug,
        title=given.get(languages[0], slug),
        titles=given,
        area=area,
        languages=languages,
        default_language=languages[0],
        scoring=POINTS_OVER_MAXIMUM,
        not_applicable=NOT_APPLICABLE_EXCLUDED,
    )


def languages_of(definition: FormDefinition) -> tuple[str, ...]:
    """Return the languages in which its texts are edited: its own, and Spanish and English beside them."""
    own = definition.languages
    return own if UNMARKED_LANGUAGE in own else tuple(dict.fromkeys((*own, *ALWAYS_OFFERED)))


def with_languages_in_use(definition: FormDefinition) -> FormDefinition:
    """Count as its languages also those in which a question or section now has a text."""
    found = dict.fromkeys(definition.languages)
    for item in definition.by_path.values():
        found.update(dict.fromkeys(language for language, text in item.label.items() if text))
    if len(found) == len(definition.languages):
        return definition
    return replace(definition, languages=tuple(found))


def with_language_named(definition: FormDefinition, language: str) -> FormDefinition:
    """Say which language the texts without a mark are in; where there is a text in that language, that one stays."""
    languages = dict.fromkeys(_named(each, language) for each in definition.languages)
    values = {
        **_marked(to_json(definition), language),
        "languages": list(languages),
        "default_language": _named(definition.default_language, language),
    }
    return from_json(values)


def _named(language: str, name: str) -> str:
    return name if language == UNMARKED_LANGUAGE else language


def _marked(value: Any, language: str, key: str = "") -> Any:
    """The same JSON with each text that has no mark put under the language."""
    if isinstance(value, list):
        return [_marked(each, language, key) for each in value]
    if not isinstance(value, Mapping) or key in _NO_TEXTS:
        return value
    if key in _TEXTS and all(isinstance(text, str) for text in value.values()):
        stays = value.get(language) or value.get(UNMARKED_LANGUAGE, "")
        return {
            _named(each, language): stays if each == UNMARKED_LANGUAGE else text
            for each, text in value.items()
        }
    inner = "label" if key == _TEXTS_BY_KIND else ""
    return {name: _marked(each, language, inner or name) for name, each in value.items()}
