"""Where one is in a questionnaire: its sections with their progress."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from evaluate.engine.definition import Section
from evaluate.engine.state import FormState
from evaluate.services.states import open_sections
from evaluate.services.team import Holding, Team


@dataclass(frozen=True)
class SectionLink:
    """A section in the list beside the questions."""

    place: int
    key: str
    label: str
    answered: int
    asked: int
    is_current: bool
    team: Team | None = field(default=None, repr=False, compare=False)

    @property
    def holders(self) -> list[Holding]:
        """Who has this section and works in the municipality now; the team is asked for on the first such question."""
        return self.team.here(self.key) if self.team else []

    @property
    def is_complete(self) -> bool:
        """Whether all that is asked now has an answer."""
        return self.answered == self.asked


@dataclass(frozen=True)
class Navigation:
    """The sections in which something is asked now."""

    links: list[SectionLink]

    @property
    def answered(self) -> int:
        """Answers in the whole questionnaire."""
        return sum(link.answered for link in self.links)

    @property
    def asked(self) -> int:
        """Questions asked in the whole questionnaire, as it stands."""
        return sum(link.asked for link in self.links)

    @property
    def place(self) -> int:
        """The number of the current section, from 1."""
        return next((place for place, link in enumerate(self.links, start=1) if link.is_current), 0)

    @property
    def current(self) -> SectionLink | None:
        """The section in view."""
        return self.links[self.place - 1] if self.place else None

    @property
    def following(self) -> SectionLink | None:
        """The section after the one in view."""
        return self.links[self.place] if self.place < len(self.links) else None

    @property
    def previous(self) -> SectionLink | None:
        """The section before the one in view."""
        return self.links[self.place - 2] if self.place > 1 else None


def navigation_of(state: FormState, current: str = "", team: Team | None = None) -> Navigation:
    """List the sections for a page that shows one of them, with who has them where a team is given."""
    links = []
    for place, section in enumerate(open_sections(state), start=1):
        progress = state.progress(section)
        label = section_label(state, section, place)
        is_current = section.key == current
        links.append(
            SectionLink(place, section.key, label, progress.answered, progress.asked, is_current, team)
        )
    return Navigation(links)


def first_unfinished(state: FormState) -> str:
    """Return the key of the first section with something left to answer; of the first one when there is none."""
    links = navigation_of(state).links
    return next((link.key for link in links if not link.is_complete), links[0].key if links else "")


def section_label(state: FormState, section: Section, place: int) -> str:
    """Return a section's title in the reader's language; without one, its number, or the title of the whole."""
    definition = state.definition
    item = section.items[0]
    label = state.label(f"/{item.name}") if section.key == item.name else ""
    label = label or definition.text(section.label, state.language)
    if not label and len(definition.sections) == 1:
        return definition.title_in(state.language)
    return label or _("Parte %(number)s") % {"number": place}
