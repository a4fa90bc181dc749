"""What an invented solution tells, in Spanish and in other languages."""

from dataclasses import dataclass
from random import Random
from typing import Any

from inspire.samples.phrases import falling_weights, maybe, phrases, some


@dataclass(frozen=True, slots=True)
class Subject:
    """What an invented solution is about.

    Args:
        action: in Spanish, as "compostaje barrial".
        topic_names: the topic by language.
        place: the name of the town.
    """

    number: int
    area: str
    action: str
    topic_names: dict[str, str]
    place: str


def spanish_texts(draw: Random, subject: Subject) -> dict[str, Any]:
    """Return texts and figures by the names of a solution's fields."""
    general, area = phrases()["general"], phrases()["areas"][subject.area]
    figures = _figures(draw, area["figures"]) if draw.random() < 0.45 else []
    return {
        "title": f"Ejemplo {subject.number}: {subject.action}",
        "summary": (
            f"Ejemplo inventado para probar el portal, sobre {subject.action}. "
            f"No describe ninguna política real de {subject.place}."
        ),
        "problem": " ".join(some(draw, area["problems"], 1, 2)),
        "what_was_done": _what_was_done(draw, subject, general, area),
        "results": _told(figures) if figures else maybe(draw, 0.25, general["results"]),
        "figures": figures,
        "what_failed": maybe(draw, 0.5, area["failures"]),
        "conditions": maybe(draw, 0.45, general["conditions"]),
        "lessons": maybe(draw, 0.6, area["lessons"]),
        "novelty": maybe(draw, 0.25, general["novelties"]),
        "partners": ", ".join(some(draw, general["partners"], 0, 3)),
        "beneficiaries": maybe(draw, 0.7, general["beneficiaries"]),
        "funding": maybe(draw, 0.55, general["funding"]),
    }


def other_texts(draw: Random, subject: Subject, language: str) -> dict[str, Any]:
    """Return shorter texts in another language."""
    told = phrases()["translated"][language]
    names = {"number": subject.number, "topic": subject.topic_names[language], "place": subject.place}
    before = draw.randint(20, 400)
    return {
        "title": told["title"].format(**names),
        "summary": told["summary"].format(**names),
        "what_was_done": " ".join(some(draw, told["steps"], 3, 6)),
        "results": told["results"].format(before=before, after=before * draw.randint(2, 6)),
    }


def _what_was_done(draw: Random, subject: Subject, general: dict[str, Any], area: dict[str, Any]) -> str:
    details = draw.choices(
        general["details"], cum_weights=falling_weights(len(general["details"])), k=draw.randint(0, 3)
    )
    paragraphs = [
        [draw.choice(general["starts"]), f"Se trabajó en {subject.action}."],
        some(draw, area["steps"], 2, 5),
        [*dict.fromkeys(details), draw.choice(general["endings"])],
    ]
    return "\n\n".join(" ".join(sentences) for sentences in paragraphs)


def _figures(draw: Random, known: list[list[Any]]) -> list[dict[str, str]]:
    chosen = draw.sample(known, draw.randint(1, 2))
    return [
        {
            "indicator": indicator,
            "before": str(before),
            "after": str(round(before + (after - before) * (0.5 + draw.random() / 2))),
            "unit": unit,
            "date": str(draw.randint(2010, 2026)),
        }
        for indicator, unit, before, after in chosen
    ]


def _told(figures: list[dict[str, str]]) -> str:
    return " ".join(
        f"{figure['indicator']}: de {figure['before']} a {figure['after']} ({figure['unit']})."
        for figure in figures
    )
