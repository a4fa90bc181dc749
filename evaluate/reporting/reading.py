"""A result in a paragraph: for whoever reads one paragraph."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evaluate.engine.definition import STAGED, SUM
from evaluate.result.movement import Direction, Movement
from evaluate.result.numbers import percent_of
from evaluate.result.parts import NextLevel, Result


def plain_reading(result: Result, movement: Movement | None) -> str:
    """Say where a result stands, what is strongest, what comes first, and what moved."""
    if result.total.share is None:
        return ""
    sentences = [_standing(result)]
    if result.strengths:
        sentences.append(_("Lo más firme: «%(label)s».") % {"label": result.strengths[0].label})
    if result.opportunities:
        sentences.append(
            _("Lo que más cambiaría el resultado: «%(label)s».") % {"label": result.opportunities[0].label}
        )
    if movement is not None and movement.is_comparable:
        sentences.append(_moved(movement))
    return " ".join(sentences)


def next_level_text(following: NextLevel) -> str:
    """Say how much is missing for the next level, and in how many criteria it could be found."""
    if not following.is_reachable:
        return _("Con los criterios que hoy cuentan no se llega a «%(level)s».") % {"level": following.name}
    missing = {
        "points": _("faltan %(number)s puntos"),
        "share": _("falta un %(number)s %% del puntaje"),
        "criteria": ngettext(
            "falta cumplir %(number)s criterio", "falta cumplir %(number)s criterios", int(following.missing)
        ),
    }[following.unit] % {"number": following.shown_missing}
    return _("Para llegar a «%(level)s» %(missing)s.") % {"level": following.name, "missing": missing}


def _standing(result: Result) -> str:
    values = {
        "place": result.place_name or _("Esta autoevaluación"),
        "percent": result.total.shown_percent.removesuffix(" %"),
        "score": result.total.shown_score,
        "level": result.total.level_name,
        "counted": result.total.counted,
    }
    if result.method in {SUM, STAGED}:
        text = ngettext(
            "%(place)s alcanza %(score)s en %(counted)s criterio",
            "%(place)s alcanza %(score)s en %(counted)s criterios",
            result.total.counted,
        )
    else:
        text = ngettext(
            "%(place)s alcanza el %(percent)s %% de lo posible en %(counted)s criterio",
            "%(place)s alcanza el %(percent)s %% de lo posible en %(counted)s criterios",
            result.total.counted,
        )
    return f"{text % values}: {_('nivel %(level)s') % values}." if values["level"] else f"{text % values}."


def _moved(movement: Movement) -> str:
    difference = movement.total.difference
    if difference is None:
        return ""
    if movement.total.direction == Direction.SAME:
        return _("Está igual que la vez anterior.")
    points = percent_of(abs(difference))
    if not points:
        return _("Está casi igual que la vez anterior.")
    if movement.total.direction == Direction.UP:
        return ngettext(
            "Subió %(points)s punto desde la vez anterior.",
            "Subió %(points)s puntos desde la vez anterior.",
            points,
        ) % {"points": points}
    text = ngettext(
        "Bajó %(points)s punto desde la vez anterior.",
        "Bajó %(points)s puntos desde la vez anterior.",
        points,
    )
    return text % {"points": points}
