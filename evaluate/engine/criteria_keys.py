"""The words that our readable files may use: a misspelt one must not vanish without a word."""

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from django.utils.translation import gettext as _

QUESTIONNAIRE = frozenset(
    {
        *("id", "version", "area", "title", "summary", "intro", "minutes", "sections"),
        *("scoring", "level_names", "level_thresholds", "not_applicable"),
    }
)
SECTION = frozenset({"id", "name", "title", "intro", "relevant", "criteria"})
_QUESTION = frozenset({"id", "name", "kind", "title", "why", "evidence", "good", "relevant"})
FACT = _QUESTION | {"choices"}
CRITERION = _QUESTION | {
    *("area", "topic", "weight", "levels", "criterion", "stage", "met_at", "not_applicable"),
}
CHOICE = frozenset({"id", "name", "title", "label"})
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]+)*", re.IGNORECASE)


def unknown_keys(
    data: Mapping[str, Any], known: frozenset[str], *, or_language: bool = False
) -> Iterator[str]:
    """Yield what is said of each word that has no meaning here, with the one that was probably meant."""
    for key in data:
        word = str(key)
        if word in known or (or_language and _LANGUAGE.fullmatch(word)):
            continue
        close = get_close_matches(word, known, n=1)
        if close:
            message = _("«%(key)s» no se usa acá. ¿Quisiste decir «%(close)s»?")
            yield message % {"key": word, "close": close[0]}
        elif or_language:
            yield _("«%(key)s» no es un idioma: se escriben con su código, como es o en.") % {"key": word}
        else:
            message = _("«%(key)s» no se usa acá. Lo que se puede decir es: %(known)s.")
            yield message % {"key": word, "known": ", ".join(sorted(known))}
