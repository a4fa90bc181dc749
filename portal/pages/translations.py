"""The portal's translations, extracted and compiled with Babel: no system gettext is needed.

The texts in the code are Spanish (see docs/adr/0001); locale/en and locale/pt_BR hold the other languages.
"""

import ast
import os
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation import templatize

LANGUAGES = ("en", "pt_BR")
# Where Django itself speaks to the reader: its own texts, put into voseo by hand.
OWN_WORDS = ("es_AR",)
TEMPLATE_METHOD = "portal.pages.translations:extract_template"
SOURCES = ("portal", "connect", "share", "inspire", "teach", "evaluate", "dashboards", "templates")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    # `Text.plural` of portal.notices.texts.
    "plural": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}

_HEADER = "# Texts of the portal ({}). The keys are its Spanish texts: see docs/adr/0001."
_STRING = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
_LITERAL = re.compile(_STRING)
_CALL = re.compile(rf"\b(?P<function>_|n?p?gettext)\((?P<texts>(?:\s*{_STRING}\s*,?)+)")


def po_file(language: str) -> Path:
    """Return where a language's texts are."""
    return Path(settings.ROOT) / "locale" / language / "LC_MESSAGES" / "django.po"


def extract_template(
    fileobj: BinaryIO, keywords: Any, comment_tags: Any, options: Any
) -> Iterator[tuple[int, str, tuple[str, ...], list[str]]]:
    """Extract from a Django template for Babel: line, function, texts and comments of each call.

    Django turns the template into text in which only the calls are left; it is no valid Python, so the calls are
    picked out of it.
    """
    text = templatize(fileobj.read().decode("utf-8"), origin=getattr(fileobj, "name", None))
    for call in _CALL.finditer(text):
        texts = tuple(ast.literal_eval(literal) for literal in _LITERAL.findall(call["texts"]))
        yield text.count("\n", 0, call.start()) + 1, call["function"], texts, []


def extracted() -> Catalog:
    """Return every text of the code and the templates."""
    catalog = Catalog(fuzzy=False)
    root = Path(settings.ROOT)
    for source in SOURCES:
        method_map = (
            [("**.html", TEMPLATE_METHOD), ("**.txt", TEMPLATE_METHOD)]
            if source == "templates"
            else [("**.py", "python")]
        )
        for name, line, message, comments, context in extract_from_dir(
            str(root / source), method_map, keywords=KEYWORDS
        ):
            catalog.add(message, None, [(f"{source}/{name}", line)], auto_comments=comments, context=context)
    return catalog


def read_catalog(language: str) -> Catalog:
    """Return a language's texts, empty when it has none yet."""
    file = po_file(language)
    if not file.exists():
        return Catalog(locale=language, header_comment=_HEADER.format(language), fuzzy=False)
    with file.open("rb") as stream:
        return read_po(stream, locale=language)


def update_catalogs() -> dict[str, int]:
    """Bring each language's file up to date with the code; returns how many texts it lacks."""
    template = extracted()
    missing = {}
    for language in LANGUAGES:
        catalog = read_catalog(language)
        created = catalog.creation_date
        catalog.update(template, no_fuzzy_matching=True)
        catalog.creation_date = created
        catalog.obsolete.clear()
        write_catalog(language, catalog)
        missing[language] = len(untranslated(catalog))
    return missing


def write_catalog(language: str, catalog: Catalog) -> None:
    """Write a language's file, in an order that does not change with the code's lines."""
    file = po_file(language)
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as stream:
        write_po(stream, catalog, width=110, sort_output=True, no_location=True)


def untranslated(catalog: Catalog) -> list[str]:
    """Return the texts of a catalogue that have no translation."""
    lacking = []
    for message in catalog:
        strings = message.string if isinstance(message.string, list | tuple) else (message.string,)
        if message.id and not all(strings):
            lacking.append(message.id if isinstance(message.id, str) else message.id[0])
    return lacking


def compile_catalogs() -> int:
    """Compile the languages whose texts are newer than their compiled form; returns how many."""
    compiled = 0
    for language in (*LANGUAGES, *OWN_WORDS):
        source = po_file(language)
        target = source.with_suffix(".mo")
        if not source.exists() or (target.exists() and target.stat().st_mtime >= source.stat().st_mtime):
            continue
        content = BytesIO()
        write_mo(content, read_catalog(language))
        # Moved into place whole, because several processes may compile at once.
        fresh = target.with_suffix(f".{os.getpid()}")
        fresh.write_bytes(content.getvalue())
        fresh.replace(target)
        compiled += 1
    return compiled
