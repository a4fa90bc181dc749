"""The copy of a person's data as one page to be read, without the portal and without a connection.

It is written as it grows. Every text is escaped, and the page forbids itself scripts and anything from elsewhere.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol, TextIO
from urllib.parse import quote

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.timezone import is_aware, localtime
from django.utils.translation import get_language, gettext

from portal.accounts.export_words import word_for, words_for_value

_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d\S*)?")
# Rows of more fields are easier to read one below the other.
_MOST_COLUMNS = 6
_STYLE = """
:root { color-scheme: light dark; --ink: #1a2530; --soft: #4b5a67; --ground: #fff; --line: #c5ccd0; --link: #0b5394; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8edf0; --soft: #b0bcc5; --ground: #12191f; --line: #4a5964; --link: #8cc4ff; }
}
body { margin: 0 auto; padding: 1.5rem 1rem 4rem; max-width: 60rem; background: var(--ground); color: var(--ink);
  font: 1rem/1.5 system-ui, "Segoe UI", Roboto, sans-serif; overflow-wrap: anywhere; }
a { color: var(--link); }
nav ul { columns: 16rem; padding-inline-start: 1.2rem; }
nav li { padding-block: 0.3rem; break-inside: avoid; }
h2 { margin-block: 2.5rem 0.75rem; padding-block-start: 1rem; border-block-start: 1px solid var(--line); }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: start; vertical-align: top; padding: 0.4rem 0.6rem; border-block-end: 1px solid var(--line); }
td { min-width: 6rem; white-space: pre-line; }
dl { margin: 0; }
dt { color: var(--soft); font-size: 0.9rem; margin-block-start: 0.5rem; }
dd { margin: 0; white-space: pre-line; }
dd > dl, dd > ol { padding-inline-start: 1.75rem; border-inline-start: 2px solid var(--line); white-space: normal; }
ol.rows { padding-inline-start: 1.5rem; }
ol.rows > li { padding-block: 0.75rem; border-block-end: 1px solid var(--line); }
.soft { color: var(--soft); }
""".strip()


class Part(Protocol):
    """What the table of contents names."""

    @property
    def id(self) -> str:
        """The part's short name."""
        ...

    @property
    def label(self) -> Any:
        """The part's name for people."""
        ...


class ExportPage:
    """Writes the page from top to bottom."""

    def __init__(self, out: TextIO) -> None:
        self.out = out
        self._columns: tuple[str, ...] | None = None
        self._is_list = False
        self._is_empty = True

    def begin(self, *, site: str, name: str, at: datetime, parts: Sequence[Part]) -> None:
        """Write the head and the table of contents."""
        title = gettext("Tus datos en %(site)s") % {"site": site}
        made = gettext("Copia del %(moment)s") % {"moment": _moment(at)}
        about = gettext(
            "Todo lo que el portal guarda sobre vos. El archivo datos.json dice lo mismo, para programas."
        )
        links = "".join(
            f'<li><a href="#{_anchor(part.id)}">{escape(str(part.label))}</a></li>' for part in parts
        )
        self.out.write(
            f'<!doctype html>\n<html lang="{escape(get_language() or "es")}">\n<head>\n<meta charset="utf-8">\n'
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f'<meta name="referrer" content="no-referrer">\n<title>{escape(title)}</title>\n'
            f"<style>\n{_STYLE}\n</style>\n</head>\n<body>\n<header>\n<h1>{escape(title)}</h1>\n"
            f'<p>{escape(name)} · {escape(made)}</p>\n<p class="soft">{escape(about)}</p>\n</header>\n'
            f'<nav aria-label="{escape(gettext("Contenido"))}">\n<ul>{links}'
            f'<li><a href="#archivos">{escape(gettext("Tus archivos"))}</a></li></ul>\n</nav>\n<main>\n'
        )

    def begin_part(self, part_id: str, label: str) -> None:
        """Open a part under its heading."""
        self._columns, self._is_list, self._is_empty = None, False, True
        self.out.write(
            f'<section aria-labelledby="{_anchor(part_id)}">\n<h2 id="{_anchor(part_id)}">{escape(label)}</h2>\n'
        )

    def fields(self, values: Mapping[str, Any]) -> None:
        """Write a part that is one thing."""
        self._is_empty = False
        self.out.write(_definition(values))

    def row(self, values: Mapping[str, Any]) -> None:
        """Write one of many: into a table where it is flat and narrow, as a list of its own otherwise."""
        self._is_empty = False
        columns = tuple(values)
        is_flat = len(columns) <= _MOST_COLUMNS and not any(
            isinstance(value, Mapping | list | tuple) and value for value in values.values()
        )
        if not is_flat:
            self._end_table()
            self.out.write("" if self._is_list else '<ol class="rows">\n')
            self._is_list = True
            self.out.write(f"<li>{_definition(values)}</li>\n")
            return
        self._end_list()
        if columns != self._columns:
            self._end_table()
            self._begin_table(columns)
        self.out.write("<tr>" + "".join(f"<td>{_told(values[key], key)}</td>" for key in columns) + "</tr>\n")

    def end_part(self) -> None:
        """Close a part; an empty one says so."""
        self._end_table()
        self._end_list()
        if self._is_empty:
            self.out.write(f'<p class="soft">{escape(gettext("No hay nada."))}</p>\n')
        self.out.write("</section>\n")

    def files(self, files: Sequence[tuple[str, str]]) -> None:
        """List the files that lie beside the page."""
        self.begin_part("archivos", gettext("Tus archivos"))
        for inside, name in files:
            self.out.write("" if self._is_list else '<ol class="rows">\n')
            self._is_list, self._is_empty = True, False
            if inside:
                self.out.write(f'<li><a href="{escape(quote(inside))}">{escape(name)}</a></li>\n')
            else:
                gone = gettext("el contenido ya no está")
                self.out.write(f'<li>{escape(name)} <span class="soft">({escape(gone)})</span></li>\n')
        self.end_part()

    def end(self) -> None:
        """Close the page."""
        self.out.write("</main>\n</body>\n</html>\n")

    def _begin_table(self, columns: tuple[str, ...]) -> None:
        heads = "".join(f'<th scope="col">{escape(word_for(column))}</th>' for column in columns)
        self.out.write(f'<div class="wide" tabindex="0"><table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n')
        self._columns = columns

    def _end_table(self) -> None:
        if self._columns is not None:
            self.out.write("</tbody>\n</table></div>\n")
        self._columns = None

    def _end_list(self) -> None:
        if self._is_list:
            self.out.write("</ol>\n")
        self._is_list = False


def _definition(values: Mapping[str, Any]) -> str:
    if not values:
        return "—"
    rows = "".join(
        f"<dt>{escape(word_for(key))}</dt><dd>{_told(value, key)}</dd>" for key, value in values.items()
    )
    return f"<dl>{rows}</dl>\n"


def _told(value: Any, key: str = "") -> str:
    """Put a value into words, as HTML that carries no markup of its own."""
    if isinstance(value, Mapping):
        return _definition(value)
    if isinstance(value, list | tuple):
        return _listed(value)
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return escape(gettext("sí") if value else gettext("no"))
    return escape(_moment_or(words_for_value(key, str(value))))


def _listed(values: Sequence[Any]) -> str:
    if not values:
        return "—"
    if any(isinstance(value, Mapping | list | tuple) for value in values):
        return "<ol>" + "".join(f"<li>{_told(value)}</li>" for value in values) + "</ol>"
    return escape(", ".join(_moment_or(str(value)) for value in values))


def _moment_or(text: str) -> str:
    """Write a date or a moment as people do; leave any other text as it is."""
    if not _MOMENT.fullmatch(text):
        return text
    try:
        found = parse_datetime(text) if "T" in text else parse_date(text)
    except ValueError:
        return text
    if found is None:
        return text
    return _moment(found) if isinstance(found, datetime) else date_format(found, "DATE_FORMAT")


def _moment(moment: datetime) -> str:
    return date_format(localtime(moment) if is_aware(moment) else moment, "DATETIME_FORMAT")


def _anchor(part_id: str) -> str:
    return escape(re.sub(r"[^\w-]", "-", part_id))
