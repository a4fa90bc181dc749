"""What was typed into a contribution, field by field, and how the texts of several authors come together.

A value is what a field's widget reads from a form: a text, a list of texts, a list of rows (figures, links, people),
or the parts of a search for a municipality. It is kept as it was typed, valid or not. A `mark` is a short digest of a
value: a page carries the mark of what it showed, and so the portal knows, when the page is sent back, who changed what.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2s
from typing import Any

from django.utils.translation import gettext_lazy as _

from inspire.models import TEXT_FIELDS

TRANSLATED = tuple(f"translation_{name}" for name in TEXT_FIELDS)
SECTIONS: dict[str, Any] = {
    "title": _("Título"),
    "summary": _("En una oración"),
    "municipality": _("Municipio"),
    "country": _("País"),
    "place_name": _("Lugar"),
    "areas": _("Áreas de gestión"),
    "problem": _("El problema"),
    "what_was_done": _("Qué se hizo"),
    "results": _("Qué se logró"),
    "figures": _("Cifras"),
    "what_failed": _("Qué no funcionó"),
    "conditions": _("Condiciones para que funcione"),
    "lessons": _("Qué se aprendió"),
    "novelty": _("Qué tiene de nuevo"),
    "partners": _("Con quiénes se hizo"),
    "beneficiaries": _("Para quiénes es"),
    "people": _("Personas"),
    "cost_band": _("Costo"),
    "funding": _("Quién lo pagó"),
    "stage": _("Etapa"),
    "level": _("Nivel de gobierno"),
    "start_year": _("Año de inicio"),
    "end_year": _("Año de fin"),
    "topics": _("Temas"),
    "sdgs": _("Objetivos de Desarrollo Sostenible"),
    "tags": _("Palabras clave"),
    "recognitions": _("Premios y reconocimientos"),
    "latitude": _("Latitud"),
    "longitude": _("Longitud"),
    "links": _("Enlaces"),
    "source_name": _("Fuente"),
    "source_url": _("Enlace a la fuente"),
    "licence": _("Licencia del texto"),
    "language": _("Idioma"),
    "translation_language": _("Idioma de la traducción"),
    "files": _("Fotos y documentos"),
}
FIELDS = (*(name for name in SECTIONS if name != "files"), *TRANSLATED)
MARK_BYTES = 6
# Control characters but for line breaks and tabs; the database cannot even store the first of them.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def plain(value: Any) -> Any:
    """Return a value as it is kept: without control characters, every line ending the same."""
    if isinstance(value, str):
        return _CONTROL.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
    if isinstance(value, Mapping):
        return {str(name): plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    return value


def is_empty(value: Any) -> bool:
    """Say whether nothing was typed."""
    if isinstance(value, Mapping):
        return all(is_empty(part) for part in value.values())
    if isinstance(value, list):
        return all(is_empty(part) for part in value)
    return value is None or not str(value).strip()


def mark_of(value: Any) -> str:
    """Return a short mark of a value; nothing typed has one mark, whatever it is nothing of."""
    settled = "" if is_empty(value) else _settled(value)
    text = json.dumps(settled, ensure_ascii=False, sort_keys=True)
    return blake2s(text.encode(), digest_size=MARK_BYTES).hexdigest()


def is_same(value: Any, other: Any) -> bool:
    """Say whether two values say the same."""
    return mark_of(value) == mark_of(other)


@dataclass(frozen=True)
class Merged:
    """The content after a page was sent back.

    Args:
        content: the whole of it, to be kept.
        changed: names of the fields that the page changed.
        conflicts: by name, what this page wanted where somebody else had changed the field meanwhile; theirs stays.
    """

    content: dict[str, Any]
    changed: tuple[str, ...] = ()
    conflicts: dict[str, Any] = field(default_factory=dict)


def merge(content: Mapping[str, Any], sent: Mapping[str, Any], held: Mapping[str, str]) -> Merged:
    """Bring what a page sends together with what is kept.

    Args:
        content: what is kept now.
        sent: values by field, as the page sends them.
        held: for each field the mark of what the page showed when it was made.
    """
    result = dict(content)
    changed: list[str] = []
    conflicts: dict[str, Any] = {}
    for name, value in sent.items():
        now, mine = mark_of(content.get(name)), mark_of(value)
        shown = held.get(name, now)
        if mine in (shown, now):
            continue
        if shown != now:
            conflicts[name] = value
            continue
        result[name] = value
        changed.append(name)
    return Merged(result, tuple(changed), conflicts)


def with_current(
    content: Mapping[str, Any], base: Mapping[str, Any], current: Mapping[str, Any]
) -> dict[str, Any]:
    """Return a proposal on top of what the library says now: what its authors left alone follows the library."""
    own = {name: value for name, value in content.items() if not is_same(value, base.get(name))}
    return {**current, **own}


def overtaken(content: Mapping[str, Any], base: Mapping[str, Any], current: Mapping[str, Any]) -> list[str]:
    """Return the fields that a proposal changes and that were changed in the library since it was begun."""
    return [
        name
        for name in FIELDS
        if not is_same(content.get(name), base.get(name))
        and not is_same(current.get(name), base.get(name))
        and not is_same(current.get(name), content.get(name))
    ]


def _settled(value: Any) -> Any:
    """Return a value in one form: browsers trim nothing, but boxes come in any order and empty rows mean nothing."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, Mapping):
        return {name: _settled(part) for name, part in value.items() if not is_empty(part)}
    if isinstance(value, list):
        parts = [_settled(part) for part in value if not is_empty(part)]
        return sorted(parts) if all(isinstance(part, str) for part in parts) else parts
    return str(value)
