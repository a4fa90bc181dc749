"""What a questionnaire is: frozen, complete and free of any database.

An item's path is the way to it without repeat numbers (`/household/age`); an answer's path carries
them (`/household[2]/age`). Expressions are kept as their author wrote them; `evaluate.engine.compiled`
parses them once for each definition.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from evaluate.engine.question_types import HIDDEN_TYPES, SELECT_TYPES, QuestionType, Widget, widget_for

Texts = Mapping[str, str]
Row = Mapping[str, str]

UNMARKED_LANGUAGE = "default"
# How a score comes from its criteria: docs/xlsform-scoring.md says each in words and with an example.
POINTS_OVER_MAXIMUM = "points_over_maximum"
WEIGHTED_MEAN = "weighted_mean"
SUM = "sum"
MINIMUM = "minimum"
STAGED = "staged"
SCORING_METHODS = frozenset({POINTS_OVER_MAXIMUM, WEIGHTED_MEAN, SUM, MINIMUM, STAGED})

# What becomes of a criterion that people mark as not applicable: taken out of both sides, or kept as 0 points.
NOT_APPLICABLE_EXCLUDED = "excluded"
NOT_APPLICABLE_COUNTED = "counted"
NOT_APPLICABLE_REFUSED = "no"
NOT_APPLICABLE_RULES = frozenset({NOT_APPLICABLE_EXCLUDED, NOT_APPLICABLE_COUNTED, NOT_APPLICABLE_REFUSED})


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
    # Where a workbook that is being read says it; no part of what the questionnaire is.
    row: int | None = field(default=None, compare=False)


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
    # The file that a select takes its choices from, as the author named it.
    choices_file: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)
    media: Mapping[str, Texts] = field(default_factory=dict)
    weight: str = "1"
    area: str = ""
    topic: str = ""
    # Questions of one criterion are scored together; without a name a question is a criterion of its own.
    criterion: str = ""
    # Staged method: the level this criterion belongs to, and the share of its points at which it is met.
    stage: int | None = None
    met_at: str = "1"
    not_applicable: str = ""
    good: Texts = field(default_factory=dict)
    evidence: Texts = field(default_factory=dict)

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
    # Where each named level begins, lowest first: shares of the maximum in per cent, or points for a sum.
    level_thresholds: tuple[str, ...] = ()
    not_applicable: str = NOT_APPLICABLE_REFUSED
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

    @cached_property
    def section_keys(self) -> dict[str, str]:
        """The key of the page that each item stands on, by the item's path; what is on no page is left out."""
        return {item.path: section.key for section in self.sections for item in walk_items(section.items)}

    @property
    def questions(self) -> Iterator[Question]:
        """Every question, hidden ones included, in the order of the questionnaire."""
        return (item for item in self.by_path.values() if isinstance(item, Question))

    @cached_property
    def scored_lists(self) -> frozenset[str]:
        """The lists whose choices are worth points."""
        return frozenset(
            name for name, choices in self.choice_lists.items() if any(choice.points for choice in choices)
        )

    def is_scored_question(self, question: Question) -> bool:
        """Whether a question's choices are worth points here."""
        return bool(self.scoring) and question.choice_list in self.scored_lists

    def not_applicable_rule(self, question: Question) -> str:
        """What "not applicable" does to a question; `no` where it is not offered."""
        if not self.is_scored_question(question):
            return NOT_APPLICABLE_REFUSED
        return question.not_applicable or self.not_applicable

    @cached_property
    def criterion_keys(self) -> dict[str, str]:
        """The key of each scored question's criterion, by the question's path: its name where that is unique."""
        scored = [question for question in self.questions if self.is_scored_question(question)]
        named = Counter(question.criterion or question.name for question in scored if not question.criterion)
        return {
            question.path: question.criterion
            or (question.name if named[question.name] == 1 else question.path.lstrip("/"))
            for question in scored
        }

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
