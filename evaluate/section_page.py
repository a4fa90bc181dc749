"""A section as the answer page draws it: a tree of groups, repeated groups and questions."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cached_property

from evaluate.forms.definition import FormDefinition, Item, Question, Section
from evaluate.forms.question_types import Widget
from evaluate.forms.state import FormState, Step
from evaluate.services.states import template_path
from portal.files.models import StoredFile

MOST_RADIOS = 12
MOST_STEPS = 11
ROW_APPEARANCES = frozenset({"likert", "horizontal", "horizontal-compact", "columns-flex", "table-list"})
SELECT_APPEARANCES = frozenset({"minimal", "autocomplete", "search"})


@dataclass(frozen=True)
class Option:
    """One choice on the page."""

    name: str
    label: str
    is_chosen: bool


@dataclass
class PageNode:
    """A question, a group, a repeated group or one of its cases, with the id of its element on the page."""

    kind: str
    path: str
    item: Item
    dom_id: str
    state: FormState
    is_visible: bool = True
    number: int = 0
    can_add: bool = False
    can_remove: bool = False
    is_row: bool = False
    is_section: bool = False
    file: StoredFile | None = None
    refused: tuple[str, ...] = ()
    children: list["PageNode"] = field(default_factory=list)

    @cached_property
    def label(self) -> str:
        """The text in the reader's language, with the answers it mentions; a bare name where there is none."""
        return self.state.label(self.path) or (
            "" if self.kind == "group" else self.item.name.replace("_", " ")
        )

    @cached_property
    def hint(self) -> str:
        """The short help."""
        return self.state.hint(self.path)

    @cached_property
    def guidance(self) -> str:
        """The long help, folded away on the page."""
        return self.state.guidance(self.path)

    @cached_property
    def is_required(self) -> bool:
        """Whether it must be answered before handing in."""
        return self.state.is_required(self.path)

    @cached_property
    def is_read_only(self) -> bool:
        """Whether it only shows something."""
        return self.state.is_read_only(self.path)

    @cached_property
    def errors(self) -> tuple[str, ...]:
        """What is wrong with the answer, or with what was just sent and not taken."""
        return self.refused or self.state.errors(self.path)

    @cached_property
    def value(self) -> str:
        """The answer as one text."""
        return self.state.answer(self.path)

    @cached_property
    def values(self) -> list[str]:
        """The answer's parts: chosen options, or latitude and longitude."""
        return self.value.split()

    @property
    def input_value(self) -> str:
        """The answer as a browser's field for dates and times takes it."""
        match self.question.widget:
            case Widget.TIME:
                return self.value[:5]
            case Widget.DATETIME:
                return self.value[:16]
            case _:
                return self.value

    @cached_property
    def options(self) -> list[Option]:
        """The choices offered now."""
        chosen = set(self.values)
        if self.question.widget is not Widget.SELECT_MULTIPLE:
            chosen = {self.value}
        return [
            Option(choice.name, self.state.choice_label(choice), choice.name in chosen)
            for choice in self.state.choices(self.path)
        ]

    @cached_property
    def ranks(self) -> list[tuple[int, list[Option]]]:
        """For an order of preference: each place with the choices, the one that holds it marked."""
        given = [*self.values, *[""] * len(self.options)]
        return [
            (
                place,
                [
                    Option(option.name, option.label, option.name == given[place - 1])
                    for option in self.options
                ],
            )
            for place in range(1, len(self.options) + 1)
        ]

    @cached_property
    def shown_value(self) -> str:
        """The answer in words, for what is only shown and for the list of answers."""
        if self.question.choice_list or self.question.choices_from:
            labels = {
                choice.name: self.state.choice_label(choice) for choice in self.state.choices(self.path)
            }
            several = self.question.widget in {Widget.SELECT_MULTIPLE, Widget.RANK}
            names = self.values if several else filter(None, [self.value])
            return ", ".join(labels.get(name, name) for name in names)
        if self.file is not None:
            return self.file.name
        return self.value

    @property
    def question(self) -> Question:
        """The item, where it is known to be a question."""
        assert isinstance(self.item, Question)  # noqa: S101 only questions are asked for these facts
        return self.item

    @cached_property
    def range_steps(self) -> list[Option]:
        """The steps of a short scale, to be shown as buttons in a row; none when there are too many."""
        steps = list(_range_values(self.question))
        return [Option(step, step, step == self.value) for step in steps] if len(steps) <= MOST_STEPS else []

    @cached_property
    def widget_template(self) -> str:
        """The partial that draws the answer's field."""
        return f"evaluate/widgets/_{self._widget_name()}.html"

    @cached_property
    def saves_while_typing(self) -> bool:
        """Whether a pause in typing saves, and not only leaving the field."""
        return self._widget_name() in {"text", "textarea", "number"}

    def _widget_name(self) -> str:
        question = self.question
        appearances = set(question.appearance.split())
        if self.is_read_only and question.widget is not Widget.NOTE:
            return "value"
        match question.widget:
            case Widget.SELECT_ONE:
                is_long = len(self.options) > MOST_RADIOS or appearances & SELECT_APPEARANCES
                return "select" if is_long else "radios"
            case Widget.RANGE:
                return "scale" if self.range_steps else "number"
            case Widget.INTEGER | Widget.DECIMAL:
                return "number"
            case Widget.TEXT:
                return "textarea" if appearances & {"multiline", "textarea"} else "text"
            case Widget.SELECT_MULTIPLE:
                return "checkboxes"
            case _:
                return question.widget.value

    @cached_property
    def is_fieldset(self) -> bool:
        """Whether several controls answer it, so that its label is a legend."""
        return self._widget_name() in {"radios", "checkboxes", "scale", "rank", "geopoint"}

    def everything(self) -> Iterator["PageNode"]:
        """Yield this node and all inside it, parents first."""
        yield self
        for child in self.children:
            yield from child.everything()


def section_nodes(state: FormState, section: Section) -> list[PageNode]:
    """Arrange a section's steps as a tree; what is not asked now is there as an empty place."""
    builder = _Builder(state)
    for step in state.walk(section, include_hidden=True):
        builder.take(step)
    for node in builder.top:
        node.is_section = node.item.name == section.key
    return builder.top


def element_id(definition: FormDefinition, path: str) -> str:
    """Return the id of a question's element on the page."""
    return _element_id({known: place for place, known in enumerate(definition.by_path)}, path)


class _Builder:
    """Turns the flat steps of the engine into a tree."""

    def __init__(self, state: FormState) -> None:
        self.state = state
        self.places = {path: place for place, path in enumerate(state.definition.by_path)}
        self.top: list[PageNode] = []
        self.open: list[PageNode] = []

    def take(self, step: Step) -> None:
        kind, _underscore, edge = step.kind.partition("_")
        if edge == "end":
            self.open.pop()
            return
        node = self._node(kind, step)
        (self.open[-1].children if self.open else self.top).append(node)
        if edge == "start":
            self.open.append(node)

    def _node(self, kind: str, step: Step) -> PageNode:
        return PageNode(
            kind=kind,
            path=step.path,
            item=step.item,
            dom_id=_element_id(self.places, step.path),
            state=self.state,
            is_visible=step.visible,
            number=step.number,
            can_add=step.can_add,
            can_remove=step.can_remove,
            is_row=self._is_row(step),
        )

    def _is_row(self, step: Step) -> bool:
        around = self.open[-1].item.appearance.split() if self.open else []
        own = step.item.appearance.split()
        return bool(ROW_APPEARANCES.intersection(own)) or "table-list" in around


def _element_id(places: dict[str, int], path: str) -> str:
    numbers = [part.partition("[")[2].rstrip("]") for part in path.split("/")]
    return "-".join([f"q{places[template_path(path)]}", *filter(None, numbers)])


def _range_values(question: Question) -> Iterator[str]:
    try:
        start, end, step = (
            Decimal(question.parameters.get(name, default))
            for name, default in (("start", "1"), ("end", "10"), ("step", "1"))
        )
    except InvalidOperation:
        return
    step = abs(step) if start <= end else -abs(step)
    value = start
    for _place in range(MOST_STEPS + 1):
        if step == 0 or (step > 0 and value > end) or (step < 0 and value < end):
            return
        yield f"{value.normalize():f}"
        value += step
