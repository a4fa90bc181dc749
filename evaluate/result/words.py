"""What a version calls its parts, in the reader's language."""

import html
import re
from collections.abc import Iterable
from functools import cached_property

from django.utils.translation import gettext as _

from evaluate.engine.definition import Choice, FormDefinition, Group, Question, Texts
from evaluate.engine.paths import template_path
from evaluate.engine.state import FormState
from portal.topics.labels import area_labels, topic_labels

_MENTIONED = re.compile(r"\$\{[^{}]{0,200}\}")
_TAG = re.compile(r"<[^<>]{0,500}>")
_MARKS = re.compile(r"\*\*|__|^#{1,6}[ \t]+", re.MULTILINE)


class Words:
    """The labels of a version. Without a state, answers that a text mentions are left out of it."""

    def __init__(self, definition: FormDefinition, language: str, state: FormState | None = None) -> None:
        self.definition = definition
        self.language = language
        self.state = state

    @property
    def title(self) -> str:
        """The questionnaire's title."""
        return self.definition.title_in(self.language)

    @cached_property
    def levels(self) -> tuple[str, ...]:
        """The names of the levels, lowest first."""
        return tuple(self.text(texts) for texts in self.definition.level_names)

    def level(self, place: int | None) -> str:
        """The name of a level; nothing where there is none."""
        return self.levels[place] if place is not None and place < len(self.levels) else ""

    def stage(self, number: int) -> str:
        """What a stage is called: by the level that it leads to, or by its number."""
        return self.level(number) or _("Etapa %(number)s") % {"number": number}

    def section(self, key: str) -> str:
        """A section's title; without one, its number, or the title of the whole."""
        return self._sections.get(key, key)

    def area(self, slug: str) -> str:
        """The name of a policy area."""
        return str(area_labels().get(slug, slug))

    def topic(self, slug: str) -> str:
        """The name of a topic."""
        return str(topic_labels().get(slug, slug))

    def criterion(self, paths: Iterable[str]) -> str:
        """What a criterion is called: its question, or the heading over all of its questions."""
        templates = list(dict.fromkeys(template_path(path) for path in paths))
        if len(templates) > 1:
            around = {template.rpartition("/")[0] for template in templates}
            heading = self.definition.by_path.get(next(iter(around))) if len(around) == 1 else None
            if (
                isinstance(heading, Group)
                and heading.path.count("/") > 1
                and (label := self.text(heading.label))
            ):
                return label
        return self._label(templates[0])

    def question(self, path: str) -> str:
        """A question's text, with the number of its case where it is asked of several."""
        numbers = re.findall(r"\[(\d+)\]", path)
        label = self._with_answers(path) or self._label(template_path(path))
        return f"{label} ({', '.join(numbers)})" if numbers else label

    def choices(self, path: str) -> tuple[Choice, ...]:
        """All choices of a question's list."""
        item = self.definition.by_path.get(template_path(path))
        return self.definition.choice_lists.get(item.choice_list, ()) if isinstance(item, Question) else ()

    def answer(self, path: str, names: Iterable[str]) -> str:
        """What was chosen, in the words of the choices."""
        wanted = set(names)
        return ", ".join(self.choice(choice) for choice in self.choices(path) if choice.name in wanted)

    def choice(self, choice: Choice) -> str:
        """A choice's text, or its name."""
        return self.text(choice.label) or choice.name

    def text(self, texts: Texts) -> str:
        """One of the version's texts without the answers that it mentions, nor the marking of its author."""
        return plain(_MENTIONED.sub("…", self.definition.text(texts, self.language)))

    @cached_property
    def _sections(self) -> dict[str, str]:
        sections = self.definition.sections
        if len(sections) == 1 and not self.text(sections[0].label):
            return {sections[0].key: self.title}
        return {
            section.key: self.text(section.label) or _("Parte %(number)s") % {"number": place}
            for place, section in enumerate(sections, start=1)
        }

    def _label(self, path: str) -> str:
        item = self.definition.by_path.get(path)
        if item is None:
            return path.strip("/")
        return self._with_answers(path) or self.text(item.label) or item.name.replace("_", " ")

    def _with_answers(self, path: str) -> str:
        """Return a text with the answers that it mentions, where there is a state that has the question."""
        if self.state is None:
            return ""
        try:
            return plain(self.state.label(path))
        except KeyError:
            return ""


def plain(text: str) -> str:
    """Take an author's marking out of a text: bold, headings and tags."""
    return html.unescape(_MARKS.sub("", _TAG.sub("", text))).strip()
