"""How the fields of a contribution are grouped on the screen: what is needed first, the rest in calm groups."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from inspire.contribution_content import TRANSLATED


@dataclass(frozen=True)
class FieldGroup:
    """Some fields that are filled in together.

    Args:
        id: the group's place in the page's address.
        hint: what they are for, in a sentence.
    """

    id: str
    title: str | Promise
    hint: str | Promise
    names: tuple[str, ...]


NEEDED = FieldGroup(
    "lo-necesario",
    _("Lo necesario"),
    "",
    ("title", "summary", "municipality", "country", "place_name", "areas"),
)
GROUPS = (
    FieldGroup(
        "relato",
        _("El problema y qué se hizo"),
        _("Es lo que más se lee: de dónde partieron y qué hicieron, paso por paso."),
        ("problem", "what_was_done"),
    ),
    FieldGroup(
        "resultados",
        _("Resultados"),
        _("Qué cambió, con números si los hay. Lo que no funcionó ayuda tanto como lo que sí."),
        ("results", "figures", "what_failed"),
    ),
    FieldGroup(
        "aprendizajes",
        _("Para quien quiera hacerlo"),
        _("Qué hace falta para que funcione en otro lugar y qué harían distinto."),
        ("conditions", "lessons", "novelty"),
    ),
    FieldGroup(
        "quienes",
        _("Quiénes y para quiénes"),
        _("Los nombres que pongas se publican: pedí permiso antes. No pongas teléfonos ni correos."),
        ("partners", "beneficiaries", "people"),
    ),
    FieldGroup(
        "etapa-y-costo",
        _("Etapa, años y costo"),
        _("En qué momento está, qué gobierno lo hizo y cuánto costó."),
        ("stage", "level", "start_year", "end_year", "cost_band", "funding"),
    ),
    FieldGroup(
        "clasificacion",
        _("Temas y palabras clave"),
        _("Con esto lo encuentran quienes buscan algo parecido."),
        ("topics", "sdgs", "tags", "recognitions"),
    ),
    FieldGroup(
        "punto",
        _("El punto en el mapa"),
        _("Si no ponés nada, queda en el centro del municipio."),
        ("latitude", "longitude"),
    ),
    FieldGroup(
        "fuentes",
        _("Enlaces, fuente y licencia"),
        _("Dónde se puede leer más, y con qué permiso se comparte el texto."),
        ("links", "source_name", "source_url", "licence"),
    ),
    FieldGroup(
        "idioma",
        _("Idioma y traducción"),
        _("Si tenés el texto también en otro idioma, sumalo: lo lee más gente."),
        ("language", "translation_language", *TRANSLATED),
    ),
)
ALL_GROUPS = (NEEDED, *GROUPS)


def group_of(name: str) -> FieldGroup:
    """Return the group that a field stands in."""
    return next(group for group in ALL_GROUPS if name in group.names)
