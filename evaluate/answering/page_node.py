"""One thing on the answer page: a question, a group, a repeated group or one of its cases."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cached_property

from evaluate.engine.definition import Item, Question
from evaluate.engine.question_types import Widget
from evaluate.engine.state import FormState
from portal.files.models import StoredFile

MOST_RADIOS = 12
MOST_STEPS = 11
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
    def evidence(self) -> str:
        """What shows that the answer holds."""
        return self.state.evidence(self.path)

    @cached_property
    def good(self) -> str:
        """What good looks like."""
        return self.state.good(self.path)

    @property
    def is_asked(self) -> bool:
        """Whether a person answers it; notes, groups and what is only shown are not asked."""
        return self.kind == "question" and self.question.is_answerable and not self.is_read_only

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
        if self.is_chosen_from:
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
    def is_chosen_from(self) -> bool:
        """Whether it is answered with choices, whose texts an author wrote."""
        return bool(self.question.choice_list or self.question.choices_from)

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

    @property
    def is_composite(self) -> bool:
        """Whether several fields make one answer, which is not judged before the last of them is filled in."""
        return self.question.widget in {Widget.RANK, Widget.GEOPOINT}

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
