"""A draft at a glance: its sections and questions as rows, with what is wrong in each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from evaluate.drafting.findings import Finding
from evaluate.drafting.type_names import TYPE_NAMES
from evaluate.engine.definition import FormDefinition, Group, Item, Question, Repeat
from evaluate.engine.question_types import SELECT_TYPES
from evaluate.engine.scoring_faults import most_points, number_in

LANGUAGE = "es"
_KINDS = {Question: "question", Group: "group", Repeat: "repeat"}


@dataclass(frozen=True)
class OverviewRow:
    """One section, group or question in the list."""

    path: str
    name: str
    title: str
    kind: str
    depth: int
    place: int
    siblings: int
    children: int
    facts: tuple[str, ...]
    findings: tuple[Finding, ...]
    dom_id: str

    @property
    def is_first(self) -> bool:
        """Whether nothing stands before it in its group."""
        return self.place == 0

    @property
    def is_last(self) -> bool:
        """Whether nothing follows it in its group."""
        return self.place == self.siblings - 1

    @property
    def edit_key(self) -> str:
        """What the page calls its link, to put the cursor on it."""
        return f"editar:{self.path}"

    @property
    def up_key(self) -> str:
        """What the page calls its button upwards."""
        return f"subir:{self.path}"

    @property
    def down_key(self) -> str:
        """What the page calls its button downwards."""
        return f"bajar:{self.path}"

    @property
    def holds_others(self) -> bool:
        """Whether questions can be put into it."""
        return self.kind != "question"

    @property
    def problems(self) -> list[Finding]:
        """What must be mended in it."""
        return [finding for finding in self.findings if finding.is_blocking]


@dataclass(frozen=True)
class Overview:
    """The rows, and what is to be said of the whole."""

    rows: list[OverviewRow]
    findings: list[Finding]
    questions: int
    criteria: int
    maximum: str

    @property
    def problems(self) -> list[Finding]:
        """What stops the draft from being published."""
        return [finding for finding in self.findings if finding.is_blocking]

    @property
    def remarks(self) -> list[Finding]:
        """What is worth a look and stops nothing."""
        return [finding for finding in self.findings if not finding.is_blocking]

    @property
    def whole(self) -> list[Finding]:
        """What concerns no item in particular."""
        return [finding for finding in self.findings if not finding.path]


def overview(definition: FormDefinition, found: Sequence[Finding], language: str = LANGUAGE) -> Overview:
    """Return a draft as its page shows it."""
    by_path: dict[str, list[Finding]] = {}
    for finding in found:
        by_path.setdefault(finding.path, []).append(finding)
    places = {path: place for place, path in enumerate(definition.by_path)}
    rows = list(_Rows(definition, by_path, places, language).rows(definition.items, 0))
    asked = sum(question.is_answerable for question in definition.questions)
    criteria = len(set(definition.criterion_keys.values()))
    return Overview(rows, list(found), asked, criteria, _maximum(definition))


def item_title(definition: FormDefinition, item: Item, language: str = LANGUAGE) -> str:
    """Return an item's text in the reader's language, or its name."""
    return definition.text(item.label, language) or item.name


class _Rows:
    """Walks the items of a draft."""

    def __init__(
        self,
        definition: FormDefinition,
        found: dict[str, list[Finding]],
        places: dict[str, int],
        language: str,
    ) -> None:
        self._definition, self._found, self._places, self._language = definition, found, places, language

    def rows(self, items: Sequence[Item], depth: int) -> Iterator[OverviewRow]:
        for place, item in enumerate(items):
            children = item.items if isinstance(item, Group) else ()
            yield OverviewRow(
                path=item.path,
                name=item.name,
                title=item_title(self._definition, item, self._language),
                kind=_KINDS[type(item)],
                depth=depth,
                place=place,
                siblings=len(items),
                children=len(children),
                facts=tuple(self._facts(item)),
                findings=tuple(self._found.get(item.path, ())),
                dom_id=f"item-{self._places[item.path]}",
            )
            yield from self.rows(children, depth + 1)

    def _facts(self, item: Item) -> Iterator[str]:
        if isinstance(item, Repeat):
            yield _("se repite")
        if isinstance(item, Question):
            yield from self._question_facts(item)
        if item.relevant:
            yield _("con condición")

    def _question_facts(self, question: Question) -> Iterator[str]:
        yield str(TYPE_NAMES[question.type])
        if question.type in SELECT_TYPES and question.choice_list:
            size = len(self._definition.choice_lists.get(question.choice_list, ()))
            yield _("%(count)s opciones") % {"count": size}
        if self._definition.is_scored_question(question) and question.weight != "1":
            yield _("peso %(weight)s") % {"weight": question.weight}
        if question.criterion:
            yield _("criterio «%(name)s»") % {"name": question.criterion}
        if question.topic:
            yield _("tema %(topic)s") % {"topic": question.topic}


def _maximum(definition: FormDefinition) -> str:
    """The most points there can be, weights included; empty while some number is none."""
    total = Fraction(0)
    for question in definition.questions:
        if not definition.is_scored_question(question):
            continue
        choices = definition.choice_lists[question.choice_list]
        if number_in(question.weight) is None or any(
            choice.points and number_in(choice.points) is None for choice in choices
        ):
            return ""
        total += Fraction(question.weight) * most_points(definition, question)
    return str(total.numerator) if total.denominator == 1 else f"{float(total):.2f}".rstrip("0").rstrip(".")
