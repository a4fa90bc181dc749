"""Why somebody is asked: kept as codes, said to her and to whoever asked in the words of each."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from django.utils.functional import lazy
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from portal.catalog.kinds import entry_kinds
from portal.topics.labels import area_labels, topic_labels
from share.routing.evidence import Evidence

MADE, THINGS, AREA_THINGS, ANSWERS, WORKS = "made", "things", "area-things", "answers", "works"
SIMILAR, TEAM = "similar", "team"
MOST_SAID = 2
MAX_CODE = 120
# What a sign weighs, and how much each further thing or answer adds, up to five.
_WEIGHTS = {
    MADE: (6.0, 0.0),
    ANSWERS: (3.5, 0.7),
    THINGS: (3.0, 0.7),
    AREA_THINGS: (1.0, 0.2),
    WORKS: (1.0, 0.0),
}
_MOST_COUNTED = 5
# A second topic in common says less than the first.
_FURTHER = 0.25


class Weighed(NamedTuple):
    """How likely somebody is to know, and the codes of why, the weightiest first."""

    score: float
    codes: tuple[str, ...]


def weighed(signs: Collection[Evidence], likeness: float) -> Weighed:
    """Weigh what shows that one person may know.

    Args:
        likeness: how much her municipality is like the one that asks, from 0 to 1.
    """
    ranked = sorted(((_points(sign), _code(sign)) for sign in signs), key=lambda pair: (-pair[0], pair[1]))
    score = sum(points * (1.0 if place == 0 else _FURTHER) for place, (points, _text) in enumerate(ranked))
    codes = [code for _points_of, code in ranked]
    if likeness > 0:
        score += 2.0 * likeness
        # With what she did first; where she works comes second, as the other half of the reason.
        codes.insert(1, SIMILAR)
    return Weighed(round(score, 4), tuple(codes[:MOST_SAID]))


def said_to_her(codes: Sequence[str]) -> str:
    """Say to somebody why she is asked: "Porque publicaste 3 soluciones sobre compostaje"."""
    parts = [_to_her(*_read(code)) for code in codes]
    return _sentence(parts) or _("Porque quizás sabés de esto.")


def said_to_others(codes: Sequence[str]) -> str:
    """Say to whoever asked why somebody was asked: "porque publicó 3 soluciones sobre compostaje"."""
    parts = [_to_others(*_read(code)) for code in codes]
    return _joined(parts) or _("porque quizás sabe de esto")


# Said when the notice is written, in the language of whoever gets it.
said_to_her_later = lazy(said_to_her, str)


def _points(sign: Evidence) -> float:
    first, further = _WEIGHTS[sign.source]
    return first + further * (min(sign.number, _MOST_COUNTED) - 1)


def _code(sign: Evidence) -> str:
    return ":".join([sign.source, sign.kind, sign.subject, str(sign.number)])[:MAX_CODE]


def _read(code: str) -> tuple[str, str, str, int]:
    source, kind, subject, number = [*code.split(":"), "", "", ""][:4]
    return source, kind, subject, int(number) if number.isdecimal() else 1


def _to_her(source: str, kind: str, subject: str, number: int) -> str:
    texts = {
        MADE: _("publicaste eso por lo que preguntan"),
        THINGS: _("publicaste %(things)s sobre %(topic)s"),
        AREA_THINGS: _("publicaste %(things)s de %(topic)s"),
        ANSWERS: _("respondiste sobre %(topic)s y sirvió"),
        WORKS: _("trabajás en %(topic)s"),
        SIMILAR: _("tu municipio se parece al de quien pregunta"),
        TEAM: _("el equipo de la red pensó en vos"),
    }
    return _filled(texts, source, kind, subject, number)


def _to_others(source: str, kind: str, subject: str, number: int) -> str:
    texts = {
        MADE: _("publicó eso por lo que preguntás"),
        THINGS: _("publicó %(things)s sobre %(topic)s"),
        AREA_THINGS: _("publicó %(things)s de %(topic)s"),
        ANSWERS: _("respondió sobre %(topic)s y sirvió"),
        WORKS: _("trabaja en %(topic)s"),
        SIMILAR: _("trabaja en un municipio parecido al tuyo"),
        TEAM: _("la propuso el equipo de la red"),
    }
    return _filled(texts, source, kind, subject, number)


def _filled(texts: dict[str, str], source: str, kind: str, subject: str, number: int) -> str:
    """Fill in a sentence; nothing where what it speaks of is not known any more."""
    text = texts.get(source, "")
    if source in (MADE, SIMILAR, TEAM) or not text:
        return text
    labels = topic_labels() if source in (THINGS, ANSWERS) else area_labels()
    name = str(labels[subject]) if subject in labels else ""
    things = _things(kind, number)
    if not name or (source in (THINGS, AREA_THINGS) and not things):
        return ""
    return text % {"things": things, "topic": _small(name)}


def _things(kind: str, number: int) -> str:
    if kind not in entry_kinds:
        return ""
    known = entry_kinds.get(kind)
    return f"{number} {_small(str(known.label if number == 1 else known.label_plural))}"


def _small(name: str) -> str:
    """Begin with a small letter what is no abbreviation."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def _joined(parts: Sequence[str]) -> str:
    said = [part for part in parts if part]
    return _("porque %(why)s") % {"why": get_text_list(said, _("y"))} if said else ""


def _sentence(parts: Sequence[str]) -> str:
    joined = _joined(parts)
    return f"{joined[:1].upper()}{joined[1:]}." if joined else ""
