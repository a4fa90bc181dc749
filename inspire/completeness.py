"""How much a solution tells of what helps whoever wants to do the same, and what it does not tell yet.

Nothing of it is required beyond title, place, area and one sentence: it is an invitation, and it says why.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Aspect:
    """Something that a solution may tell.

    Args:
        field: the field of a `SolutionRecord` where it is told, the first where several would do.
        label: what it is, for a list of what is told and what is missing.
        reason: what to tell, and why that helps a reader.
        weight: how much it helps, compared with the others.
        is_told: whether a solution's content tells it.
    """

    field: str
    label: str | Promise
    reason: str | Promise
    weight: int
    is_told: Callable[[Any], bool]


@dataclass(frozen=True)
class Completeness:
    """What a solution tells, and what is missing, the most helpful first.

    Args:
        percent: the weight of what is told, of 100.
    """

    percent: int
    told: list[Aspect]
    missing: list[Aspect]


def completeness_of(content: Any) -> Completeness:
    """Return what a solution's content tells and what it does not.

    Args:
        content: a `Solution`, a `SolutionRecord` or anything with the record's attributes; of a `Solution` the areas,
            people, photos and attachments are asked for unless they were prefetched.
    """
    told: list[Aspect] = []
    missing: list[Aspect] = []
    for aspect in ASPECTS:
        (told if aspect.is_told(content) else missing).append(aspect)
    # Whole percents, and a hundred only when nothing is missing.
    share = sum(aspect.weight for aspect in told) * 100 // sum(aspect.weight for aspect in ASPECTS)
    return Completeness(share, told, sorted(missing, key=lambda aspect: -aspect.weight))


def _text(*fields: str) -> Callable[[Any], bool]:
    """Tell whether one of some texts, or of some chosen values, says anything."""
    return lambda content: any(str(getattr(content, field) or "").strip() for field in fields)


def _rows(*fields: str) -> Callable[[Any], bool]:
    """Tell whether there is anything in one of some lists."""
    return lambda content: any(_listed(getattr(content, field)) for field in fields)


def _listed(value: Any) -> list[Any]:
    """Return the items of a list, of related rows, or of what a record says nothing about."""
    return list(value.all() if hasattr(value, "all") else value or [])


def _has_place(content: Any) -> bool:
    return bool(content.country_id)


def _has_spot(content: Any) -> bool:
    return bool(content.place_name or content.municipality_id or content.latitude is not None)


ASPECTS = (
    Aspect("title", _("El título"), _("Poné un título que diga qué se hizo."), 4, _text("title")),
    Aspect("country_id", _("El país"), _("Decí de qué país es."), 3, _has_place),
    Aspect(
        "areas",
        _("El área de gestión"),
        _("Elegí un área: así la encuentra quien trabaja en lo mismo."),
        3,
        _rows("areas"),
    ),
    Aspect(
        "summary",
        _("Una frase que la resume"),
        _("Resumila en una frase: es lo primero que se lee, y muchas veces lo único."),
        8,
        _text("summary"),
    ),
    Aspect(
        "what_was_done",
        _("Qué se hizo"),
        _("Contá paso a paso qué hicieron: es lo que otro municipio va a querer repetir."),
        14,
        _text("what_was_done"),
    ),
    Aspect(
        "what_failed",
        _("Qué no funcionó"),
        _("Contá qué no funcionó: es lo que más ahorra a quien empieza."),
        10,
        _text("what_failed"),
    ),
    Aspect(
        "results",
        _("Qué se logró"),
        _("Contá qué cambió: sin resultados, nadie puede defender la idea ante su intendente."),
        10,
        _text("results"),
    ),
    Aspect(
        "figures",
        _("Resultados con cifras"),
        _("Agregá al menos una cifra de antes y de después: una sola convence más que diez adjetivos."),
        8,
        _rows("figures"),
    ),
    Aspect(
        "problem",
        _("El problema"),
        _("Describí el problema: así cada quien reconoce si es el suyo."),
        8,
        _text("problem"),
    ),
    Aspect(
        "conditions",
        _("Qué hace falta para que funcione"),
        _("Decí qué hizo falta (una ordenanza, un acuerdo, un equipo): evita copiar lo que no va a andar."),
        6,
        _text("conditions"),
    ),
    Aspect(
        "cost_band",
        _("Cuánto costó o quién lo pagó"),
        _("Decí cuánto costó, aunque sea a grandes rasgos: es lo primero que preguntan en Hacienda."),
        6,
        _text("cost_band", "funding"),
    ),
    Aspect(
        "people",
        _("Alguien a quien preguntarle"),
        _("Nombrá a quien lo llevó adelante: una charla vale más que cualquier ficha."),
        5,
        _rows("people"),
    ),
    Aspect(
        "lessons",
        _("Qué se aprendió"),
        _("Contá qué harían distinto: lo que ustedes ya aprendieron, otro no tiene que pagarlo."),
        4,
        _text("lessons"),
    ),
    Aspect(
        "start_year",
        _("Cuándo fue"),
        _("Decí desde cuándo: lo de hace veinte años se lee con otros ojos."),
        2,
        _text("start_year", "end_year"),
    ),
    Aspect(
        "stage",
        _("En qué etapa está"),
        _("Decí en qué etapa está: no es lo mismo una idea que algo que ya anda."),
        2,
        _text("stage"),
    ),
    Aspect(
        "attachments",
        _("Documentos o enlaces"),
        _("Sumá la ordenanza, el convenio o el pliego: quien la quiera repetir no empieza de cero."),
        2,
        _rows("attachments", "links"),
    ),
    Aspect(
        "photos",
        _("Fotos"),
        _("Sumá una foto: muestra de un vistazo de qué se trata."),
        1,
        _rows("photos"),
    ),
    Aspect(
        "beneficiaries",
        _("Para quiénes es"),
        _("Decí para quiénes es: ayuda a saber si sirve para tu gente."),
        1,
        _text("beneficiaries"),
    ),
    Aspect(
        "partners",
        _("Con quiénes se hizo"),
        _("Nombrá con quiénes se hizo: muestra a quién conviene invitar."),
        1,
        _text("partners"),
    ),
    Aspect(
        "novelty",
        _("Qué tiene de nuevo"),
        _("Decí qué tiene de nuevo frente a lo que ya se hacía."),
        1,
        _text("novelty"),
    ),
    Aspect(
        "place_name",
        _("El lugar en el mapa"),
        _("Ubicala en el mapa: se busca primero lo que queda cerca o se parece."),
        1,
        _has_spot,
    ),
)
