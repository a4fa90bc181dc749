"""Documents for print and for the archive: a typst template filled with data becomes a tagged PDF.

Templates stand beside those of the pages (`templates/<app>/<noun>.typ`) and read their data from JSON. A text is never
pasted into the template, so nobody's words become code. Only the fonts that typst brings along are used: the same data
give the same bytes on every machine.

Standards: PDF/UA-1 (ISO 14289-1, accessible) and PDF/A-2a (ISO 19005-2, archivable).
"""

import json
import logging
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.conf import settings

from portal.core.pdf_text import printable_data

STANDARDS: list[Any] = ["a-2a", "ua-1"]
AUTHOR = "Red de Innovación Local"
logger = logging.getLogger(__name__)


def pdf_document(
    template: str,
    data: Mapping[str, Any],
    *,
    title: str,
    language: str,
    made_at: datetime,
    author: str = AUTHOR,
) -> bytes:
    """Return a PDF with tags, outline, title, author and language.

    Args:
        template: path below the folder of templates, as "evaluate/report.typ".
        data: what JSON can carry; the template reads it as `data`. Keys named `url` hold web addresses for links.
        title: what the document is called, in a reader's tab and to a screen reader.
        language: of the texts, as "es" or "pt-br".
        made_at: the date that the file carries; no other clock is looked at.
        author: who answers for it.

    Raises:
        typst.TypstError: the template has a mistake. People's texts cannot cause one.
    """
    document = {"title": title or template, "author": author, **_language(language)}
    content = {**data, "document": document}
    moment = int(made_at.timestamp())
    try:
        return _compiled(template, printable_data(content), moment)
    except BaseException as error:
        if not _is_about_glyphs(error):
            raise
        logger.warning("%s was printed with Latin letters only: %s", template, error)
        return _compiled(template, printable_data(content, only_latin=True), moment)


def _compiled(template: str, content: dict[str, Any], moment: int) -> bytes:
    root = _root()
    compiler = typst.Compiler(input=root / template, root=root, font_paths=_fonts(), ignore_system_fonts=True)
    compiled: Any = compiler.compile(
        format="pdf",
        sys_inputs={"data": json.dumps(content)},
        pdf_standards=STANDARDS,
        timestamp=moment,
    )
    return bytes(compiled)


def _is_about_glyphs(error: BaseException) -> bool:
    """Say whether signs of several scripts on top of each other were too much: typst refuses them, or stumbles.

    It stumbles with an exception of its own that is no `Exception` and that no module exports.
    """
    return type(error).__name__ == "PanicException" or "could not be displayed" in str(error)


def _language(code: str) -> dict[str, str | None]:
    base, _dash, region = code.partition("-")
    return {"lang": base, "region": region or None}


def _root() -> Path:
    engines: list[dict[str, Any]] = settings.TEMPLATES
    return Path(engines[0]["DIRS"][0])


@cache
def _fonts() -> typst.Fonts:
    """Read the fonts once for each process."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)
