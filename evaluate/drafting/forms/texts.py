"""Texts in several languages as fields of a form, one beside the other."""

from collections.abc import Mapping, Sequence

from django import forms
from django.utils.functional import Promise
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from evaluate.engine.definition import UNMARKED_LANGUAGE, Texts

LONGEST = 4000


def language_name(code: str) -> str:
    """Return a language's name for people; the code where it is none we know."""
    if code == UNMARKED_LANGUAGE:
        return _("sin idioma")
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def text_fields(
    field: str, label: str | Promise, languages: Sequence[str], texts: Texts, *, rows: int = 2
) -> dict[str, forms.Field]:
    """Return one field per language, by its name, holding what the texts say now."""
    return {
        field_name(field, language): forms.CharField(
            label=f"{label} ({language_name(language)})",
            required=False,
            initial=as_typed(texts.get(language, "")),
            max_length=LONGEST,
            widget=forms.Textarea(attrs={"rows": rows, "lang": language}),
        )
        for language in languages
    }


def field_name(field: str, language: str) -> str:
    """Return the name of the field for a text in a language."""
    return f"{field}_{language}"


def typed_texts(field: str, texts: Texts, cleaned: Mapping[str, str]) -> Texts:
    """Return the texts with what was typed; what was left as it stood, and languages not shown, stay to the letter."""
    now = dict(texts)
    for name, typed in cleaned.items():
        if not name.startswith(f"{field}_"):
            continue
        language = name.removeprefix(f"{field}_")
        typed = as_typed(typed)
        if typed == as_typed(now.get(language, "")):
            continue
        if typed:
            now[language] = typed
        else:
            now.pop(language)
    return now


def as_typed(text: str) -> str:
    """Return a text as a browser sends it back untouched."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
