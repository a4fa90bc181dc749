"""The parts of a profile, each with who may see it; and the four circles of readers around a person."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.core.registry import Registry


class Level(TextChoices):
    """Who may see a part of a profile."""

    PUBLIC = "public", _("Cualquier persona")
    MEMBERS = "members", _("Integrantes de la red")
    CONNECTIONS = "connections", _("Mis conexiones")
    NOBODY = "nobody", _("Solo yo")


class Circle(IntEnum):
    """How near a reader is to a person; whoever is nearer sees at least as much."""

    # Blocked by her, or blocking her: for each of the two the other is not there.
    NONE = 0
    PUBLIC = 1
    MEMBER = 2
    CONNECTION = 3
    SELF = 4


_NEAREST_NEEDED = {
    Level.PUBLIC: Circle.PUBLIC,
    Level.MEMBERS: Circle.MEMBER,
    Level.CONNECTIONS: Circle.CONNECTION,
    Level.NOBODY: Circle.SELF,
}


@dataclass(frozen=True)
class ProfileField:
    """One part of a profile that can be shown or not.

    Args:
        id: the key in `Profile.visibility`.
        label: as the person reads it beside the choice.
        default: who sees it until she says otherwise.
        levels: what she may choose; whoever hides her name from members is found by nobody, whatever else she says.
    """

    id: str
    label: str | Promise
    default: Level = Level.MEMBERS
    levels: tuple[Level, ...] = tuple(Level)
    order: int = 0


profile_fields: Registry[ProfileField] = Registry("profile fields")
for _order, (_id, _label, _default) in enumerate(
    (
        ("name", _("Tu nombre, y que se te encuentre"), Level.MEMBERS),
        ("photo", _("Tu foto"), Level.MEMBERS),
        ("work", _("Tu municipio y tu cargo"), Level.MEMBERS),
        ("history", _("Dónde trabajaste antes"), Level.CONNECTIONS),
        ("about", _("Qué hacés"), Level.MEMBERS),
        ("areas", _("Tus áreas de gestión"), Level.MEMBERS),
        ("offers", _("En qué podés ayudar"), Level.MEMBERS),
        ("seeks", _("Qué estás buscando"), Level.MEMBERS),
        ("languages", _("Los idiomas que hablás"), Level.MEMBERS),
        ("contributions", _("Lo que compartiste en el portal"), Level.MEMBERS),
        ("links", _("Tus enlaces"), Level.CONNECTIONS),
        ("availability", _("Cuándo se te puede escribir"), Level.MEMBERS),
    )
):
    profile_fields.register(ProfileField(_id, _label, _default, order=_order))


def level_of(visibility: Mapping[str, str], field_id: str) -> Level:
    """Return who may see a part; the name's circle bounds all others', for what is nobody's tells whose it is."""
    own = _chosen(visibility, field_id)
    name = _chosen(visibility, "name")
    return own if _NEAREST_NEEDED[own] >= _NEAREST_NEEDED[name] else name


def may_see(circle: Circle, visibility: Mapping[str, str], field_id: str) -> bool:
    """Say whether a reader of this circle may see a part."""
    return circle >= _NEAREST_NEEDED[level_of(visibility, field_id)]


def parts_seen(circle: Circle, visibility: Mapping[str, str]) -> frozenset[str]:
    """Return all parts that a reader of this circle may see, as `may_see` says of each: lists ask it of everybody."""
    if circle < _NEAREST_NEEDED[_chosen(visibility, "name")]:
        return frozenset()
    return frozenset(
        field.id for field in profile_fields if circle >= _NEAREST_NEEDED[_chosen(visibility, field.id)]
    )


def _chosen(visibility: Mapping[str, str], field_id: str) -> Level:
    field = profile_fields.get(field_id)
    chosen = visibility.get(field_id, "")
    # What a row says that nobody offers (an older form, a hand in the database) is answered with the shyer of both.
    return Level(chosen) if chosen in field.levels else field.default
