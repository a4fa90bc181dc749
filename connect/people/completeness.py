"""What is still missing in a person's profile, each with the reason why it is worth a minute."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from connect.models import Profile


@dataclass(frozen=True)
class Suggestion:
    """One thing that would make a profile more useful.

    Args:
        section: the place on the page where it is written, see `connect.people.sections`.
        text: what to do.
        reason: what she gains by it.
        is_done: whether the profile has it.
    """

    section: str
    text: str | Promise
    reason: str | Promise
    is_done: Callable[[Profile], bool]


SUGGESTIONS = (
    Suggestion(
        "en-que-podes-ayudar",
        _("Agregá en qué podés ayudar"),
        _("así te encuentran quienes buscan justo eso."),
        lambda profile: bool(profile.offers),
    ),
    Suggestion(
        "en-que-podes-ayudar",
        _("Elegí los temas en los que podés ayudar"),
        _("el directorio se filtra por tema, y sin temas no aparecés en esas búsquedas."),
        lambda profile: bool(profile.offer_topics),
    ),
    Suggestion(
        "areas",
        _("Marcá tus áreas de gestión"),
        _("tus colegas de la misma área en otros municipios te ven primero."),
        lambda profile: bool(profile.areas),
    ),
    Suggestion(
        "que-buscas",
        _("Contá qué estás buscando"),
        _("te proponemos personas que ya pasaron por eso."),
        lambda profile: bool(profile.seeks or profile.seek_topics),
    ),
    Suggestion(
        "que-haces",
        _("Escribí qué hacés"),
        _("dos oraciones dicen más que un cargo."),
        lambda profile: bool(profile.about),
    ),
    Suggestion(
        "foto",
        _("Subí una foto"),
        _("cuesta menos escribirle a alguien con cara."),
        lambda profile: profile.photo_id is not None,
    ),
    Suggestion(
        "idiomas",
        _("Marcá los idiomas que hablás"),
        _("la red está en 14 países, y así te escriben en uno que leés."),
        lambda profile: bool(profile.languages),
    ),
)


@dataclass(frozen=True)
class Completeness:
    """How much of a profile is filled in, and what is missing."""

    done: int
    all: int
    missing: tuple[Suggestion, ...]


def completeness_of(profile: Profile) -> Completeness:
    """Return what a profile has and what would make it more useful, the most useful first."""
    missing = tuple(suggestion for suggestion in SUGGESTIONS if not suggestion.is_done(profile))
    return Completeness(len(SUGGESTIONS) - len(missing), len(SUGGESTIONS), missing)
