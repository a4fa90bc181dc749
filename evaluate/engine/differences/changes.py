"""What a difference between two questionnaires is, with its names for people."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from evaluate.engine.definition import Texts


class Kind(StrEnum):
    """What happened to a part of a questionnaire."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    RENAMED = "renamed"
    REWORDED = "reworded"
    RESCORED = "rescored"
    RECONDITIONED = "reconditioned"
    RESHAPED = "reshaped"

    @property
    def words(self) -> str:
        """Its name for people."""
        return str(_KIND_WORDS[self])


_KIND_WORDS: dict[Kind, Promise] = {
    Kind.ADDED: _("agregado"),
    Kind.REMOVED: _("quitado"),
    Kind.MOVED: _("cambió de lugar"),
    Kind.RENAMED: _("cambió de identificador"),
    Kind.REWORDED: _("cambió el texto"),
    Kind.RESCORED: _("cambió el puntaje"),
    Kind.RECONDITIONED: _("cambió una condición o un cálculo"),
    Kind.RESHAPED: _("cambió la forma"),
}

FIELD_WORDS: dict[str, Promise] = {
    "place": _("lugar"),
    "name": _("identificador"),
    "label": _("título"),
    "hint": _("ayuda"),
    "guidance": _("ayuda ampliada"),
    "good": _("qué es hacerlo bien"),
    "evidence": _("evidencia que se pide"),
    "required_message": _("mensaje de obligatoria"),
    "constraint_message": _("mensaje de valor no admitido"),
    "weight": _("peso"),
    "criterion": _("criterio"),
    "stage": _("etapa"),
    "met_at": _("parte con la que se cumple"),
    "not_applicable": _("«no aplica»"),
    "points": _("puntos"),
    "relevant": _("condición para mostrarla"),
    "required": _("obligatoria"),
    "constraint": _("valores admitidos"),
    "calculation": _("cálculo"),
    "default": _("valor inicial"),
    "default_formula": _("fórmula del valor inicial"),
    "read_only": _("solo lectura"),
    "choice_filter": _("filtro de opciones"),
    "choices_from": _("opciones tomadas de otra pregunta"),
    "count": _("cantidad de repeticiones"),
    "type": _("tipo"),
    "choices": _("opciones"),
    "choice_list": _("lista de opciones"),
    "choices_file": _("archivo de opciones"),
    "parameters": _("parámetros"),
    "media": _("imágenes y sonidos"),
    "columns": _("columnas de la lista"),
    "appearance": _("apariencia"),
    "area": _("área"),
    "topic": _("tema"),
    "title": _("título"),
    "titles": _("título"),
    "summary": _("resumen"),
    "intro": _("introducción"),
    "minutes": _("minutos"),
    "default_language": _("idioma principal"),
    "scoring": _("método de puntaje"),
    "level_names": _("nombres de los niveles"),
    "level_thresholds": _("comienzo de los niveles"),
    "instance_name": _("nombre de cada respuesta"),
    "tables": _("tablas"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is different: `field` was `old` and is `new`; empty where there was or is nothing.

    language: of a text, else empty. choice: the name of the choice it is about, else empty.
    """

    kind: Kind
    field: str
    old: str = ""
    new: str = ""
    language: str = ""
    choice: str = ""

    @property
    def field_words(self) -> str:
        """The field's name for people."""
        return str(FIELD_WORDS.get(self.field, self.field))


@dataclass(frozen=True, slots=True)
class _Changed:
    changes: tuple[Change, ...]

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """What happened to it, each kind once, in the order of `Kind`."""
        found = {change.kind for change in self.changes}
        return tuple(kind for kind in Kind if kind in found)


@dataclass(frozen=True, slots=True)
class ItemDifference(_Changed):
    """What happened to a question or group.

    path: in the new version, or in the old one when it was removed. old_path: empty when it was added.
    label: its title now, or as it was. section: the key of its page now, or as it was.
    """

    path: str
    old_path: str
    label: Texts
    section: str
    is_question: bool


@dataclass(frozen=True, slots=True)
class ListDifference(_Changed):
    """What happened to the choices that some questions offer; a list that many share is told once."""

    name: str
    paths: tuple[str, ...]
    labels: tuple[Texts, ...]


@dataclass(frozen=True, slots=True)
class Differences:
    """All that differs between two versions of a questionnaire.

    settings: of the questionnaire as a whole. items: in the order of the new version, removed ones last.
    are_scores_comparable: whether results of both may stand beside each other.
    """

    settings: tuple[Change, ...]
    items: tuple[ItemDifference, ...]
    lists: tuple[ListDifference, ...]
    are_scores_comparable: bool

    @property
    def is_empty(self) -> bool:
        """Whether nothing that people see or that counts is different."""
        return not (self.settings or self.items or self.lists)

    def of_kind(self, kind: Kind) -> tuple[ItemDifference, ...]:
        """The questions and groups to which that happened."""
        return tuple(item for item in self.items if kind in item.kinds)

    @property
    def counts(self) -> dict[Kind, int]:
        """How many parts each kind of difference concerns; kinds that do not occur are left out."""
        found = [kind for part in self._parts() for kind in part]
        return {kind: found.count(kind) for kind in Kind if kind in found}

    def _parts(self) -> Iterator[set[Kind]]:
        for part in (*self.items, *self.lists):
            yield set(part.kinds)
        yield {change.kind for change in self.settings}
