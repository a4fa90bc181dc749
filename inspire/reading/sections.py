"""The chapters of a solution in the order in which they are read; what nobody told has no chapter."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from inspire.models import Solution

# By the names of TEXT_FIELDS and in their order; title and summary stand above.
HEADINGS: dict[str, str | Promise] = {
    "problem": _("El problema"),
    "what_was_done": _("Qué se hizo"),
    "results": _("Qué se logró"),
    "what_failed": _("Qué no funcionó"),
    "conditions": _("Qué hace falta para que funcione"),
    "lessons": _("Qué se aprendió"),
    "novelty": _("Qué tiene de nuevo"),
    "partners": _("Con quiénes se hizo"),
    "beneficiaries": _("Para quiénes es"),
    "funding": _("Cuánto costó y quién lo pagó"),
}
# The figures stand after these.
BEFORE_FIGURES = frozenset({"problem", "what_was_done", "results"})


@dataclass(frozen=True)
class Section:
    """A chapter.

    Args:
        id: what a link within the page leads to.
        heading: in the reader's language.
        text: as somebody wrote it.
        language: of the text; the original's where nobody translated this chapter.
        fact: what is known beside the text, in the reader's language.
    """

    id: str
    heading: str | Promise
    text: str
    language: str
    fact: str = ""


def sections_of(solution: Solution, language: str) -> list[Section]:
    """Return the chapters in a language, each in the original where there is no translation of it."""
    sections = (_section(solution, name, language) for name in HEADINGS)
    return [section for section in sections if section.text or section.fact]


def words_of(solution: Solution, name: str, language: str) -> tuple[str, str]:
    """Return a text of a solution and the language it is in: the wanted one, or the original's."""
    wanted = solution.text_in(language)
    text = str(getattr(wanted, name)).strip()
    if text or wanted.language == solution.language:
        return text, wanted.language
    return str(getattr(solution, name)).strip(), solution.language


def _section(solution: Solution, name: str, language: str) -> Section:
    text, spoken = words_of(solution, name, language)
    return Section(
        id=name.replace("_", "-"),
        heading=HEADINGS[name],
        text=text,
        language=spoken,
        fact=solution.get_cost_band_display() if name == "funding" else "",
    )
