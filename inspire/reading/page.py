"""The page of a solution as a whole: its chapters, what stands beside them, and the way through."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inspire.completeness import Completeness, completeness_of
from inspire.map_inset import Inset, map_inset
from inspire.models import Solution
from inspire.reading.figures import FigureTable, figures_of
from inspire.reading.media import (
    ShownDocument,
    ShownLink,
    ShownPhoto,
    documents_of,
    links_of,
    photos_of,
    web_host,
)
from inspire.reading.people import PeopleOfRole, people_of
from inspire.reading.sections import BEFORE_FIGURES, Section, sections_of, words_of
from portal.topics.sdgs import GOALS

FIGURES = ("figures", gettext_lazy("Las cifras"))
PHOTOS = ("photos", gettext_lazy("Más fotos"))
DOCUMENTS = ("documents", gettext_lazy("Documentos y enlaces"))
PEOPLE = ("people", gettext_lazy("Quiénes están detrás"))
# Below that, the page is seen at a glance.
CONTENTS_FROM = 4


@dataclass(frozen=True)
class SolutionPage:
    """Everything of a solution in one language; what nobody told is empty and not shown."""

    title: str
    summary: str
    summary_language: str
    language: str
    sections: list[Section]
    figures: FigureTable
    photos: list[ShownPhoto]
    documents: list[ShownDocument]
    links: list[ShownLink]
    people: list[PeopleOfRole]
    years: str
    goals: list[tuple[int, str | Promise]]
    inset: Inset | None
    has_source_address: bool
    completeness: Completeness

    @property
    def sections_before_figures(self) -> list[Section]:
        """The chapters that the figures belong to."""
        return [section for section in self.sections if section.id.replace("-", "_") in BEFORE_FIGURES]

    @property
    def sections_after_figures(self) -> list[Section]:
        """The other chapters."""
        return [section for section in self.sections if section.id.replace("-", "_") not in BEFORE_FIGURES]

    @property
    def contents(self) -> list[tuple[str, str | Promise]]:
        """What the page holds, in its order, as pairs of id and heading; nothing where that is seen at a glance."""
        found: list[tuple[str, str | Promise]] = [
            *((section.id, section.heading) for section in self.sections_before_figures),
            *([FIGURES] if self.figures.rows else []),
            *((section.id, section.heading) for section in self.sections_after_figures),
            *([PHOTOS] if len(self.photos) > 1 else []),
            *([DOCUMENTS] if self.documents or self.links else []),
            *([PEOPLE] if self.people else []),
        ]
        return found if len(found) >= CONTENTS_FROM else []

    @property
    def description(self) -> str:
        """The sentence that a search engine or a message shows of the page."""
        return self.summary or next((section.text for section in self.sections), "")


def solution_page(solution: Solution, language: str) -> SolutionPage:
    """Gather the page of a solution that was loaded with everything that belongs to it."""
    title, _title_language = words_of(solution, "title", language)
    summary, summary_language = words_of(solution, "summary", language)
    return SolutionPage(
        title=title,
        summary=summary,
        summary_language=summary_language,
        language=language,
        sections=sections_of(solution, language),
        figures=figures_of(solution, language),
        photos=photos_of(solution),
        documents=documents_of(solution),
        links=links_of(solution),
        people=people_of(solution),
        years=years_told(solution),
        goals=[(number, GOALS[number]) for number in solution.sdgs if number in GOALS],
        inset=_inset(solution),
        has_source_address=bool(web_host(solution.source_url)),
        completeness=completeness_of(solution),
    )


def years_told(solution: Solution) -> str:
    """Say when it was done: "2015–2018", "desde 2019"; nothing where nobody knows."""
    start, end = solution.start_year, solution.end_year
    if start and end:
        return str(start) if start == end else f"{start}–{end}"
    if end:
        return _("hasta %(year)s") % {"year": end}
    if not start:
        return ""
    has_ended = solution.stage == Solution.Stage.ENDED
    return str(start) if has_ended else _("desde %(year)s") % {"year": start}


def _inset(solution: Solution) -> Inset | None:
    """Return the small map of a place; a solution of a whole country has none to show."""
    if solution.latitude is None or solution.longitude is None or solution.is_country_wide:
        return None
    return map_inset(solution.latitude, solution.longitude)
