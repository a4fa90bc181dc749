"""The portal's translations, extracted and compiled with Babel: no system gettext is needed.

The texts in the code are Spanish (see docs/adr/0001); locale/en and locale/pt_BR hold the other languages.
"""

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation import templatize

LANGUAGES = ("en", "pt_BR")
TEMPLATE_METHOD = "portal.pages.translations:extract_template"
SOURCES = ("portal", "connect", "share", "inspire", "teach", "evaluate", "dashboards", "templates")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}


def po_file(language: str) -> Path:
    """Return where a language's texts are."""
    return Path(settings.ROOT) / "locale" / language / "LC_MESSAGES" / "django.po"


def extract_template(fileobj, keywords, comment_tags, options):  # type: ignore[no-untyped-def]
    """Extract from a Django template, by way of the Python-like text that Django itself makes of it."""
    text = templatize(fileobj.read().decode("utf-8"), origin=getattr(fileobj, "name", None))
    yield from extract_python(BytesIO(text.encode("utf-8")), keywords, comment_tags, {"encoding": "utf-8"})


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
        return Catalog(locale=language)
    with file.open("rb") as stream:
        return read_po(stream, locale=language)


def update_catalogs() -> dict[str, int]:
    """Bring each language's file up to date with the code; returns how many texts it lacks."""
    template = extracted()
    missing = {}
    for language in LANGUAGES:
        catalog = read_catalog(language)
        catalog.update(template, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        file = po_file(language)
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("wb") as stream:
            write_po(stream, catalog, width=110, sort_by_file=True, omit_header=False, no_location=True)
        missing[language] = len(untranslated(catalog))
    return missing


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
    for language in LANGUAGES:
        source = po_file(language)
        target = source.with_suffix(".mo")
        if not source.exists() or (target.exists() and target.stat().st_mtime >= source.stat().st_mtime):
            continue
        content = BytesIO()
        write_mo(content, read_catalog(language))
        target.write_bytes(content.getvalue())
        compiled += 1
    return compiled
