"""What is wrong in a draft, and what its author should look at."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches

from django.utils.translation import gettext as _

from evaluate.drafting.bindings import formula_binding
from evaluate.drafting.formulas import choices_of, formulas_of, texts_of
from evaluate.engine.compiled import compiled, mentioned_names
from evaluate.engine.definition import FormDefinition, Group, Item, Question
from evaluate.engine.dependencies import ItemIndex
from evaluate.engine.expressions import ExpressionError, parse
from evaluate.engine.question_types import SELECT_TYPES
from evaluate.engine.scoring_faults import scoring_faults

LONGEST_SHOWN = 80
MOST_NEAR = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend or to look at, with the item and the field that it is about (neither: the settings)."""

    message: str
    path: str = ""
    field: str = ""
    is_blocking: bool = True

    @property
    def name(self) -> str:
        """The name of the item that it is about."""
        return self.path.rpartition("/")[2]


@dataclass(frozen=True)
class Vocabulary:
    """The policy areas and topics that there are, by their slugs."""

    areas: Collection[str] = field(default_factory=tuple)
    topics: Collection[str] = field(default_factory=tuple)


def findings(definition: FormDefinition, known: Vocabulary) -> list[Finding]:
    """Return everything there is to say about a draft: first what stops it from being published."""
    found = [
        *_whole_findings(definition, known),
        *_item_findings(definition, known),
        *_scoring_findings(definition),
    ]
    found += _cycle_findings(definition)
    return sorted(found, key=lambda finding: not finding.is_blocking)


def formula_complaint(definition: FormDefinition, text: str, path: str, field: str) -> str:
    """Return what is wrong with a formula of the item at a path; empty when nothing is."""
    try:
        parse(text)
    except ExpressionError as error:
        return syntax_complaint(text, error)
    names = formula_binding(ItemIndex(definition), text, path, field).unknown
    if not names:
        return ""
    known = {item.name for item in definition.by_path.values()}
    return " ".join(_unknown_name(name, known) for name in sorted(names))


def syntax_complaint(text: str, error: ExpressionError) -> str:
    """Say why a formula cannot be understood, and where."""
    message = _("La fórmula «%(formula)s» no se entiende (carácter %(place)d). %(reason)s")
    words = {"formula": _short(text), "place": error.position + 1, "reason": error.message}
    return message % words


def _whole_findings(definition: FormDefinition, known: Vocabulary) -> Iterator[Finding]:
    if not (definition.title or any(definition.titles.values())):
        yield Finding(_("Falta el título del cuestionario."), field="titles")
    # A form that only shows what it works out is a form too.
    if all(question.is_hidden for question in definition.questions):
        yield Finding(_("El cuestionario no pregunta nada todavía: agregá al menos una pregunta."))
    if definition.area and definition.area not in known.areas:
        yield Finding(_no_area(definition.area, known.areas), field="area")


def _item_findings(definition: FormDefinition, known: Vocabulary) -> Iterator[Finding]:
    index = ItemIndex(definition)
    names = {item.name for item in definition.by_path.values()}
    for path, item in definition.by_path.items():
        for formula_field, text in formulas_of(item):
            complaint = _formula_finding(index, names, text, path, formula_field)
            if complaint:
                yield Finding(complaint, path, formula_field)
        for text_field, texts in texts_of(item):
            yield from _mention_findings(index, names, item, text_field, mentioned_names([texts]))
        yield from _label_findings(definition, item)
        if isinstance(item, Question):
            yield from _choice_findings(definition, item, index, names)
            yield from _vocabulary_findings(item, known)


def _formula_finding(index: ItemIndex, names: set[str], text: str, path: str, field: str) -> str:
    try:
        parse(text)
    except ExpressionError as error:
        return syntax_complaint(text, error)
    unknown = formula_binding(index, text, path, field).unknown
    return " ".join(_unknown_name(name, names) for name in sorted(unknown))


def _unknown_name(name: str, known: Collection[str]) -> str:
    message = _("La fórmula menciona «%(name)s», que no existe en el cuestionario.")
    return message % {"name": name} + _near(name, known)


def _mention_findings(
    index: ItemIndex, names: set[str], item: Item, field: str, mentioned: set[str]
) -> Iterator[Finding]:
    for name in sorted(mentioned):
        if index.find(name, item.path) is None:
            message = _("El texto menciona ${%(name)s}, que no existe en el cuestionario.") % {"name": name}
            yield Finding(message + _near(name, names), item.path, field)


def _label_findings(definition: FormDefinition, item: Item) -> Iterator[Finding]:
    if isinstance(item, Group) and not item.items:
        yield Finding(_("Está vacía: nadie la va a ver."), item.path, is_blocking=False)
    if isinstance(item, Question) and item.is_hidden:
        return
    if not any(item.label.values()):
        if isinstance(item, Question) and not (item.media or item.hint):
            yield Finding(_("Falta el texto de la pregunta."), item.path, "label")
        return
    missing = [language for language in definition.languages if not item.label.get(language)]
    if missing and len(definition.languages) > 1:
        message = _("Falta el texto en: %(languages)s.") % {"languages": ", ".join(missing)}
        yield Finding(message, item.path, "label", is_blocking=False)


def _choice_findings(
    definition: FormDefinition, question: Question, index: ItemIndex, names: set[str]
) -> Iterator[Finding]:
    if question.type not in SELECT_TYPES:
        return
    choices = choices_of(definition, question)
    if question.choice_list and not choices:
        yield Finding(_("No tiene ninguna opción para elegir."), question.path, "choices")
    if not question.choice_list and not question.choices_from:
        message = _("No tiene lista de opciones: se va a responder escribiendo.")
        yield Finding(message, question.path, "choices", is_blocking=False)
    if question.choices_from and index.find(question.choices_from, question.path) is None:
        yield Finding(_unknown_name(question.choices_from, names), question.path, "choices_from")
    often = Counter(choice.name for choice in choices)
    twice = sorted(name for name, count in often.items() if count > 1)
    if twice and not question.choice_filter:
        message = _("Hay opciones con el mismo identificador: %(names)s.") % {"names": ", ".join(twice)}
        yield Finding(message, question.path, "choices")
    unlabelled = [choice.name for choice in choices if not any(choice.label.values()) and not choice.media]
    if unlabelled:
        message = _("Hay opciones sin texto: %(names)s.") % {"names": ", ".join(unlabelled[:MOST_NEAR])}
        yield Finding(message, question.path, "choices", is_blocking=False)
    mentioned = mentioned_names(choice.label for choice in choices)
    yield from _mention_findings(index, names, question, "choices", mentioned)


def _vocabulary_findings(question: Question, known: Vocabulary) -> Iterator[Finding]:
    if question.area and question.area not in known.areas:
        yield Finding(_no_area(question.area, known.areas), question.path, "area")
    if question.topic and question.topic not in known.topics:
        message = _("No existe el tema «%(topic)s».") % {"topic": question.topic}
        yield Finding(message + _near(question.topic, known.topics), question.path, "topic")


def _scoring_findings(definition: FormDefinition) -> Iterator[Finding]:
    for fault in scoring_faults(definition):
        path = fault.path
        if not path and fault.choice_list:
            users = (item.path for item in definition.questions if item.choice_list == fault.choice_list)
            path = next(users, "")
        yield Finding(fault.message, path, fault.field, is_blocking=fault.is_refusal)


def _cycle_findings(definition: FormDefinition) -> list[Finding]:
    cycle = compiled(definition).cycle
    if not cycle:
        return []
    message = _(
        "Las fórmulas se muerden la cola: %(names)s. Cada una necesita el resultado de la otra; cambiá una para "
        "cortar el círculo."
    )
    names = " → ".join(path.rpartition("/")[2] for path in reversed(cycle))
    return [Finding(message % {"names": names}, cycle[0])]


def _no_area(slug: str, known: Collection[str]) -> str:
    return _("No existe el área «%(area)s».") % {"area": slug} + _near(slug, known)


def _near(name: str, known: Collection[str]) -> str:
    near = get_close_matches(name, known, n=MOST_NEAR)
    return " " + _("¿Quisiste decir %(names)s?") % {"names": ", ".join(near)} if near else ""


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 3]}…"
