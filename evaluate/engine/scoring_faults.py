"""What is wrong, or doubtful, in how a questionnaire says that it is scored; whatever it was written in.

A refusal makes the score impossible or another than its author meant. A remark says what will not count.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from itertools import pairwise

from django.utils.translation import gettext as _

from evaluate.engine.definition import (
    MINIMUM,
    NOT_APPLICABLE_RULES,
    SCORING_METHODS,
    STAGED,
    SUM,
    WEIGHTED_MEAN,
    FormDefinition,
    Question,
    Repeat,
    walk_items,
)
from evaluate.engine.question_types import SEVERAL_CHOICES_TYPES

LARGEST_EXPONENT = 30
LONGEST_NUMBER = 60
PER_CENT = 100
_NOTHING = Fraction(0)


@dataclass(frozen=True, slots=True)
class ScoringFault:
    """One finding: about a question (`path`), a list (`choice_list`) or, with neither, the whole questionnaire."""

    message: str
    field: str
    path: str = ""
    choice_list: str = ""
    is_refusal: bool = True


def scoring_faults(definition: FormDefinition) -> tuple[ScoringFault, ...]:
    """Return the refusals; where there are none, the remarks."""
    return tuple(_number_faults(definition)) or tuple(_refusals(definition)) or tuple(_remarks(definition))


def number_in(text: str) -> Decimal | None:
    """Return the finite number of a sensible size that a text is, or nothing."""
    try:
        amount = Decimal(text)
    except InvalidOperation:
        return None
    if not amount.is_finite() or abs(amount.adjusted()) >= LARGEST_EXPONENT or len(text) > LONGEST_NUMBER:
        return None
    try:
        # The score is worked out in fractions, whose grammar is not quite the same.
        Fraction(text)
    except ValueError:
        return None
    return amount


def not_a_number(cell: str) -> str:
    """Return what is said of a cell that should hold a number."""
    message = _("«%(cell)s» no es un número. Escribilo con cifras y punto decimal, por ejemplo 1.5.")
    return message % {"cell": cell}


def _number_faults(definition: FormDefinition) -> Iterator[ScoringFault]:
    for item in walk_items(definition.items):
        if isinstance(item, Question):
            yield from _question_numbers(item)
    for name, choices in definition.choice_lists.items():
        for choice in choices:
            if choice.points and number_in(choice.points) is None:
                yield ScoringFault(not_a_number(choice.points), "points", choice_list=name)
    for threshold in definition.level_thresholds:
        if number_in(threshold) is None:
            yield ScoringFault(not_a_number(threshold), "level_thresholds")


def _question_numbers(question: Question) -> Iterator[ScoringFault]:
    amount = number_in(question.weight)
    if amount is None:
        yield ScoringFault(not_a_number(question.weight), "weight", question.path)
    elif amount < 0:
        negative = _("El peso no puede ser negativo. Poné 0 para que la pregunta no cuente.")
        yield ScoringFault(negative, "weight", question.path)
    met_at = number_in(question.met_at)
    if met_at is None or not 0 < met_at <= 1:
        yield ScoringFault(_met_at_words(question.met_at), "met_at", question.path)


def _met_at_words(cell: str) -> str:
    message = _(
        "«%(cell)s» no sirve: es la parte de los puntos con la que el criterio se cumple, mayor que 0 y hasta 1. "
        "Por ejemplo 0.8, o dejala vacía para pedir todo."
    )
    return message % {"cell": cell}


def _refusals(definition: FormDefinition) -> Iterator[ScoringFault]:
    if definition.scoring and definition.scoring not in SCORING_METHODS:
        message = _("«%(method)s» no es una forma de puntuar. Las que hay: %(methods)s.")
        words = {"method": definition.scoring, "methods": ", ".join(sorted(SCORING_METHODS))}
        yield ScoringFault(message % words, "scoring")
    yield from _not_applicable_refusals(definition)
    yield from _level_refusals(definition)
    if definition.scoring == STAGED:
        yield from _stage_refusals(definition)


def _not_applicable_refusals(definition: FormDefinition) -> Iterator[ScoringFault]:
    message = _("«%(rule)s» no dice qué hacer con «no aplica». Se admiten: excluded, counted, no.")
    if definition.not_applicable not in NOT_APPLICABLE_RULES:
        yield ScoringFault(message % {"rule": definition.not_applicable}, "not_applicable")
    for question in definition.questions:
        if question.not_applicable and question.not_applicable not in NOT_APPLICABLE_RULES:
            yield ScoringFault(message % {"rule": question.not_applicable}, "not_applicable", question.path)


def _level_refusals(definition: FormDefinition) -> Iterator[ScoringFault]:
    thresholds = [Fraction(threshold) for threshold in definition.level_thresholds]
    if not thresholds:
        return
    field = "level_thresholds"
    if len(thresholds) != len(definition.level_names):
        message = _(
            "Hay %(thresholds)d comienzos de nivel y %(levels)d nombres de nivel. Tiene que haber uno por nivel, "
            "también para el más bajo (0)."
        )
        words = {"thresholds": len(thresholds), "levels": len(definition.level_names)}
        yield ScoringFault(message % words, field)
    if any(lower >= higher for lower, higher in pairwise(thresholds)):
        message = _("Los comienzos de nivel van de menor a mayor y sin repetirse. Ordenalos.")
        yield ScoringFault(message, field)
    elif thresholds[0] > 0:
        message = _(
            "El primer nivel tiene que empezar en lo más bajo: si no, lo que está debajo de %(first)s no tiene nivel. "
            "Poné 0 adelante."
        )
        yield ScoringFault(message % {"first": definition.level_thresholds[0]}, field)
    elif definition.scoring != SUM and thresholds[-1] > PER_CENT:
        message = _("El último nivel empieza en %(last)s y nadie pasa de 100 %%. Bajalo.")
        yield ScoringFault(message % {"last": definition.level_thresholds[-1]}, field)


def _stage_refusals(definition: FormDefinition) -> Iterator[ScoringFault]:
    """Each question says its stage, because a criterion is scored as if those that do not count were not there."""
    for questions in criteria_of(definition).values():
        first = questions[0]
        for question in questions:
            if question.stage is None:
                message = _(
                    "Falta la etapa: con el método «staged» cada pregunta con puntos dice la suya (1, 2, 3…)."
                )
                yield ScoringFault(message, "stage", question.path)
            elif first.stage not in {None, question.stage}:
                message = _("El criterio «%(criterion)s» ya está en la etapa %(stage)s. Poné la misma.")
                words = {"criterion": first.criterion, "stage": first.stage}
                yield ScoringFault(message % words, "stage", question.path)
            if question.met_at != first.met_at:
                message = _(
                    "El criterio «%(criterion)s» se cumple con %(met_at)s de sus puntos, según su primera pregunta. "
                    "Poné lo mismo en todas."
                )
                words = {"criterion": first.criterion, "met_at": first.met_at}
                yield ScoringFault(message % words, "met_at", question.path)
    named = len(definition.level_names) - 1
    for question in _scored(definition) if named >= 0 else ():
        if question.stage is not None and question.stage > named:
            message = _(
                "La etapa %(stage)d no tiene nombre: hay %(levels)d nombres de nivel, y el primero es el de quien "
                "todavía no cumple la etapa 1. Agregá el que falta en «level_names»."
            )
            words = {"stage": question.stage, "levels": named + 1}
            yield ScoringFault(message % words, "stage", question.path)


def criteria_of(definition: FormDefinition) -> dict[str, list[Question]]:
    """Return the scored questions by criterion, in the order of the questionnaire."""
    found: dict[str, list[Question]] = {}
    for question in _scored(definition):
        found.setdefault(definition.criterion_keys[question.path], []).append(question)
    return found


def _scored(definition: FormDefinition) -> Iterator[Question]:
    return (question for question in definition.questions if definition.is_scored_question(question))


def _remarks(definition: FormDefinition) -> Iterator[ScoringFault]:
    criteria = criteria_of(definition)
    if definition.scoring and not criteria:
        message = _(
            "El cuestionario tiene forma de puntuar y ninguna opción tiene puntos: no va a dar puntaje."
        )
        yield ScoringFault(message, "scoring", is_refusal=False)
    if definition.scoring == STAGED and definition.level_thresholds:
        message = _("Con el método «staged» los niveles son las etapas: los comienzos de nivel no se usan.")
        yield ScoringFault(message, "level_thresholds", is_refusal=False)
    for question in definition.questions:
        yield from _unused(definition, question)
    for questions in criteria.values():
        yield from _criterion_remarks(definition, questions)


def _unused(definition: FormDefinition, question: Question) -> Iterator[ScoringFault]:
    """What is said about a question's score though it has none."""
    if definition.is_scored_question(question):
        if question.stage is not None and definition.scoring != STAGED:
            message = _("La etapa solo cuenta con el método «staged»: acá no cambia nada.")
            yield ScoringFault(message, "stage", question.path, is_refusal=False)
        return
    if question.weight != "1":
        message = _("«%(name)s» tiene peso y sus opciones no tienen puntos: no cuenta en el puntaje.")
        yield ScoringFault(message % {"name": question.name}, "weight", question.path, is_refusal=False)
    for field in ("criterion", "stage", "not_applicable"):
        if getattr(question, field):
            message = _("«%(name)s» no da puntos: lo que dice la columna «%(field)s» no cambia nada.")
            words = {"name": question.name, "field": field}
            yield ScoringFault(message % words, field, question.path, is_refusal=False)


def _criterion_remarks(definition: FormDefinition, questions: Sequence[Question]) -> Iterator[ScoringFault]:
    first, last = questions[0], questions[-1]
    if len({definition.section_keys.get(question.path) for question in questions}) > 1:
        message = _(
            "El criterio «%(criterion)s» tiene preguntas en más de una sección: cuenta entero en la de la primera que "
            "corresponda responder."
        )
        yield ScoringFault(message % {"criterion": first.criterion}, "criterion", last.path, is_refusal=False)
    if len({question.area or definition.area for question in questions}) > 1:
        message = _(
            "El criterio «%(criterion)s» tiene preguntas de más de un área: cuenta entero en la de la primera que "
            "corresponda responder."
        )
        yield ScoringFault(message % {"criterion": first.criterion}, "area", last.path, is_refusal=False)
    for question in questions:
        if _points(definition, question) and most_points(definition, question) == 0:
            message = _(
                "«%(name)s» solo puede restar: su mejor opción no da puntos. Está bien si es a propósito."
            )
            yield ScoringFault(message % {"name": question.name}, "points", question.path, is_refusal=False)
    divides = definition.scoring in {WEIGHTED_MEAN, MINIMUM, STAGED}
    total = sum((Fraction(each.weight) * most_points(definition, each) for each in questions), _NOTHING)
    if divides and total <= 0:
        message = _(
            "El criterio de «%(name)s» no puede tener puntaje: sus preguntas no dan puntos o pesan 0, y con el método "
            "«%(method)s» no cuenta nunca."
        )
        words = {"name": first.name, "method": definition.scoring}
        yield ScoringFault(message % words, "criterion", first.path, is_refusal=False)
    if any(_is_repeated(definition, question) for question in questions) and definition.scoring == STAGED:
        message = _("«%(name)s» se repite: el criterio se cumple con los puntos de todas las veces juntas.")
        yield ScoringFault(message % {"name": first.name}, "stage", first.path, is_refusal=False)


def most_points(definition: FormDefinition, question: Question) -> Fraction:
    """Return the most that a question can give; never less than nothing, which is what leaving it open gives."""
    good = [points for points in _points(definition, question) if points > 0]
    if question.type in SEVERAL_CHOICES_TYPES:
        return sum(good, _NOTHING)
    return max(good, default=_NOTHING)


def _points(definition: FormDefinition, question: Question) -> list[Fraction]:
    """The points of a question's choices, without those that give nothing."""
    choices = definition.choice_lists.get(question.choice_list, ())
    return [Fraction(choice.points) for choice in choices if choice.points and Fraction(choice.points)]


def _is_repeated(definition: FormDefinition, question: Question) -> bool:
    parts = question.path.split("/")
    above = ("/".join(parts[:length]) for length in range(2, len(parts)))
    return any(isinstance(definition.by_path.get(path), Repeat) for path in above)
