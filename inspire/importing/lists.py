"""Cells that hold several values: figures, links, people, words, goals and translations.

A list is parted by semicolons; a list of things that have parts has a line for each, its parts between bars (see
`inspire.cells`, which the export writes by).
"""

import json
import re
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from inspire.cells import split_list, split_parts
from inspire.importing.choices import choice
from inspire.importing.links import is_web_address
from inspire.importing.plain_text import clean_line, clean_text, shorten
from inspire.models import RECOGNITION_LENGTH, TEXT_FIELDS, TITLE_LENGTH, SolutionPerson
from inspire.record import Figure, Link, Person
from inspire.record_limits import LANGUAGES, LINE_LENGTH, MOST_ITEMS, PERSON_LENGTH, TAG_LENGTH, TEXT_LENGTH

_GOAL = re.compile(r"\d+")
# Nobody writes a goal with more digits than "017"; a number of thousands of them is not even read.
_LONGEST_GOAL = 3

# What is said of a value that had to be left out.
Remark = Callable[[str], None]


def read_words(cell: str, length: int, remark: Remark) -> list[str]:
    """Read a list of words, each once and not longer than it may be."""
    words = list(dict.fromkeys(filter(None, map(clean_line, split_list(cell)))))
    if any(len(word) > length for word in words):
        remark(_("Hay palabras de más de %(length)s caracteres: quedaron abreviadas.") % {"length": length})
    if len(words) > MOST_ITEMS:
        remark(_("Hay más de %(most)s valores en la celda: se tomaron los primeros.") % {"most": MOST_ITEMS})
    return list(dict.fromkeys(shorten(word, length) for word in words[:MOST_ITEMS]))


def read_tags(cell: str, remark: Remark) -> list[str]:
    """Read keywords."""
    return read_words(cell, TAG_LENGTH, remark)


def read_recognitions(cell: str, remark: Remark) -> list[str]:
    """Read prizes and other recognition."""
    return read_words(cell, RECOGNITION_LENGTH, remark)


def read_goals(cell: str, remark: Remark) -> list[int]:
    """Read Sustainable Development Goals: "6; 11", "ODS 11"."""
    numbers = [int(number) if len(number) <= _LONGEST_GOAL else 0 for number in _GOAL.findall(cell)]
    if (cell.strip() and not numbers) or any(not 1 <= number <= 17 for number in numbers):
        remark(_("Los ODS se escriben con su número, del 1 al 17. Lo demás quedó afuera."))
    return sorted({number for number in numbers if 1 <= number <= 17})


def read_figures(cell: str, remark: Remark) -> list[Figure]:
    """Read results in numbers, one a line: "indicator | before | after | unit | date"."""
    figures = []
    for parts in _parts(cell):
        figure = Figure(*(shorten(part, LINE_LENGTH) for part in parts[:5]))
        if figure.indicator and (figure.before or figure.after):
            figures.append(figure)
        else:
            remark(
                _(
                    "Cada cifra necesita el indicador y al menos un valor: «Familias | 10 | 80 | hogares | 2024»."
                )
            )
    return figures[:MOST_ITEMS]


def read_links(cell: str, remark: Remark) -> list[Link]:
    """Read links, one a line: "label | address", or an address alone."""
    links = []
    for parts in _parts(cell):
        label, url = (parts[0], parts[1]) if len(parts) > 1 else (parts[0], parts[0])
        if is_web_address(url):
            links.append(Link(shorten(label or url, LINE_LENGTH), url))
        else:
            remark(_("«%(text)s» no es una dirección web: quedó afuera.") % {"text": shorten(url, 60)})
    return links[:MOST_ITEMS]


def read_people(cell: str, remark: Remark) -> list[Person]:
    """Read the people behind it, one a line: "role | name | position | organisation"."""
    people = {}
    for parts in _parts(cell):
        role = choice("role", parts[0])
        person = _person(role, parts[1:], remark)
        if not role:
            remark(
                _("No conocemos el rol «%(role)s»: usá autora, responsable o contacto.")
                % {"role": parts[0][:40]}
            )
        elif person:
            people[person.role, person.name] = person
    return list(people.values())[:MOST_ITEMS]


def read_contact(cell: str, remark: Remark) -> list[Person]:
    """Read the name of who answers questions: "name | position | organisation"."""
    return [
        person
        for parts in _parts(cell)
        if (person := _person(SolutionPerson.Role.CONTACT, parts, remark)) is not None
    ][:1]


def _person(role: str, parts: tuple[str, ...], remark: Remark) -> Person | None:
    """Return a person as far as she may be shown; addresses of hers never are."""
    if any("@" in part for part in parts):
        remark(_("La biblioteca no muestra direcciones de correo: quedaron afuera."))
    shown = [shorten(part, PERSON_LENGTH) if "@" not in part else "" for part in parts[:3]]
    if not shown or not shown[0]:
        return None
    name, position, organisation = [*shown, "", ""][:3]
    return Person(role, name, position, organisation)


def read_translations(cell: str, language: str, remark: Remark) -> dict[str, dict[str, Any]]:
    """Read the same thing in other languages: {"en": {"title": "…", "summary": "…"}}."""
    if not cell.strip():
        return {}
    try:
        said = json.loads(cell)
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict) or not all(isinstance(texts, dict) for texts in said.values()):
        remark(_('Las traducciones no se entienden: van como {"en": {"title": "…"}}. Quedaron afuera.'))
        return {}
    for code in sorted(set(said) - set(LANGUAGES))[:MOST_ITEMS]:
        remark(_("«%(code)s» no es un idioma al que se pueda traducir.") % {"code": clean_line(code[:10])})
    read = {code: _translation(said[code]) for code in LANGUAGES if code in said and code != language}
    return {code: texts for code, texts in read.items() if texts}


def _translation(texts: dict[str, Any]) -> dict[str, Any]:
    read: dict[str, Any] = {
        name: text
        for name in TEXT_FIELDS
        if isinstance(texts.get(name), str) and (text := _translated(name, texts[name]))
    }
    figures = texts.get("figures")
    if isinstance(figures, list):
        kept = [
            {part: _part(figure.get(part)) for part in Figure.__slots__}
            for figure in figures[:MOST_ITEMS]
            if isinstance(figure, dict)
        ]
        read["figures"] = kept
    return read


def _translated(name: str, text: str) -> str:
    if name == "title":
        return shorten(clean_line(text), TITLE_LENGTH)
    return shorten(clean_text(text), TEXT_LENGTH)


def _part(value: Any) -> str:
    """Return a part of a figure as text; lists and objects are none."""
    return shorten(clean_line(str(value)), LINE_LENGTH) if isinstance(value, str | int | float) else ""


def _parts(cell: str) -> list[tuple[str, ...]]:
    """Return the lines of a cell, each with its parts, all of them plain text."""
    return [tuple(map(clean_line, parts)) for parts in split_parts(cell)]
