"""What a questionnaire is: frozen, complete and free of any database.

An item's path is the way to it without repeat numbers (`/household/age`); an answer's path carries
them (`/household[2]/age`). Expressions are kept as their author wrote them; `evaluate.engine.compiled`
parses them once for each definition.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from evaluate.engine.question_types import HIDDEN_TYPES, SELECT_TYPES, QuestionType, Widget, widget_for

Texts = Mapping[str, str]
Row = Mapping[str, str]

UNMARKED_LANGUAGE = "default"
POINTS_OVER_MAXIMUM = "points_over_maximum"
SCORING_METHODS = frozenset({POINTS_OVER_MAXIMUM})


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a list, with the extra columns that filters use and the points it is worth."""

    name: str
    label: Texts = field(default_factory=dict)
    columns: Row = field(default_factory=dict)
    points: str = ""
    media: Mapping[str, Texts] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What questions, groups and repeats have in common."""

    name: str
    path: str
    label: Texts = field(default_factory=dict)
    hint: Texts = field(default_factory=dict)
    relevant: str = ""
    appearance: str = ""
    row: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question(Item):
    """Something that is asked, shown as a note, calculated, or taken down silently."""

    type: QuestionType
    guidance: Texts = field(default_factory=dict)
    required: str = ""
    required_message: Texts = field(default_factory=dict)
    constraint: str = ""
    constraint_message: Texts = field(default_factory=dict)
    calculation: str = ""
    default: str = ""
    default_formula: str = ""
    read_only: str = ""
    choice_list: str = ""
    choice_filter: str = ""
    choices_from: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)
    media: Mapping[str, Texts] = field(default_factory=dict)
    weight: str = "1"
    area: str = ""
    topic: str = ""

    @property
    def widget(self) -> Widget:
        """What the answer page draws; a select without its list is answered in writing."""
        if self.type in SELECT_TYPES and not (self.choice_list or self.choices_from):
            return Widget.TEXT
        return widget_for(self.type)

    @property
    def is_hidden(self) -> bool:
        """Whether people never see it: calculations and silent data."""
        return self.type in HIDDEN_TYPES

    @property
    def is_answerable(self) -> bool:
        """Whether a person gives its value."""
        return not self.is_hidden and self.type is not QuestionType.NOTE


@dataclass(frozen=True, slots=True, kw_only=True)
class Group(Item):
    """Questions under one heading; at the top level it is a section."""

    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat(Group):
    """A group answered as many times as there are cases; `count` fixes how many, if it is given."""

    count: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A page of the questionnaire: a top-level group, or a run of questions outside any group."""

    key: str
    label: Texts
    items: tuple[Item, ...]


@dataclass(frozen=True, kw_only=True)
class FormDefinition:
    """A whole questionnaire, as a published version keeps it for ever."""

    form_id: str
    title: str
    version: str = ""
    summary: Texts = field(default_factory=dict)
    intro: Texts = field(default_factory=dict)
    area: str = ""
    minutes: int | None = None
    languages: tuple[str, ...] = (UNMARKED_LANGUAGE,)
    default_language: str = UNMARKED_LANGUAGE
    titles: Texts = field(default_factory=dict)
    root_name: str = "data"
    instance_name: str = ""
    scoring: str = ""
    level_names: tuple[Texts, ...] = ()
    items: tuple[Item, ...] = ()
    choice_lists: Mapping[str, tuple[Choice, ...]] = field(default_factory=dict)
    tables: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)

    @cached_property
    def by_path(self) -> dict[str, Item]:
        """Every item by its path, in the order of the questionnaire."""
        return {item.path: item for item in walk_items(self.items)}

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The pages, in order; runs of loose questions that people see form pages of their own."""
        return tuple(_sections(self.items))

    @property
    def questions(self) -> Iterator[Question]:
        """Every question, hidden ones included, in the order of the questionnaire."""
        return (item for item in self.by_path.values() if isinstance(item, Question))

    def title_in(self, language: str) -> str:
        """The questionnaire's title in a language, or as its author wrote it."""
        return text_in(self.titles, language, self.default_language) or self.title

    def text(self, texts: Texts, language: str) -> str:
        """One of this questionnaire's texts in a language, falling back to what there is."""
        return text_in(texts, language, self.default_language)


def walk_items(items: tuple[Item, ...]) -> Iterator[Item]:
    """Yield the items and all that they contain, in order, parents first."""
    for item in items:
        yield item
        if isinstance(item, Group):
            yield from walk_items(item.items)


def text_in(texts: Texts, language: str, default_language: str) -> str:
    """Pick a text: the language, its base (`es-ar` -> `es`), the form's default, any other one."""
    wanted = language.lower()
    for candidate in (wanted, wanted.split("-")[0], default_language, UNMARKED_LANGUAGE):
        if texts.get(candidate):
            return texts[candidate]
    return next((text for text in texts.values() if text), "")


def _sections(items: tuple[Item, ...]) -> Iterator[Section]:
    loose: list[Item] = []
    runs = 0
    for item in (*items, None):
        if item is not None and not isinstance(item, Group):
            loose.append(item)
            continue
        if any(isinstance(question, Question) and not question.is_hidden for question in loose):
            runs += 1
            yield Section(f"general-{runs}", {}, tuple(loose))
        loose = []
        if item is not None:
            yield Section(item.name, item.label, (item,))
