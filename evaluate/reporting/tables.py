"""A result as tables: the summary, a row for each criterion, a row for each answer, and the work behind it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from django.utils import timezone
from django.utils.translation import gettext as _

from evaluate.answering.answer_list import AnsweredSection
from evaluate.result.explanation import Explanation, GroupWork
from evaluate.result.numbers import fraction_text
from evaluate.result.parts import Result, ResultCriterion, ResultGroup, ResultQuestion
from portal.core.tabular.writing import Cell

_PLACES = Decimal("1E-9")
Row = list[Cell]


@dataclass(frozen=True)
class ResultTables:
    """The tables of one result. Without `answered` the answers are those that were scored."""

    result: Result
    explanation: Explanation
    answered: Sequence[AnsweredSection] = field(default_factory=tuple)

    def summary_titles(self) -> list[str]:
        """Name the columns of the summary."""
        return [_("Dato"), _("Valor"), _("Puntos"), _("Máximo"), _("Nivel")]

    def summary_rows(self) -> Iterator[Row]:
        """Yield what the result is of, and the score of the whole, of each area and of each section."""
        result, signature = self.result, self.result.signature
        facts: list[tuple[str, Cell]] = [
            (_("Cuestionario"), result.title),
            (_("Municipio"), result.place_name),
            (_("Firmada el"), signature.signed_at and timezone.localtime(signature.signed_at)),
            (_("Firmada por"), signature.signed_by),
            (_("Versión del cuestionario"), result.version_number),
            (_("Cómo se puntúa"), result.method_name),
            (_("Es de muestra"), result.is_sample),
        ]
        for label, value in facts:
            if value not in (None, ""):
                yield [label, value, None, None, ""]
        yield self._group_row(_("Puntaje total (%)"), result.total)
        for area in result.areas:
            yield self._group_row(_("Área: %(name)s (%%)") % {"name": area.label}, area)
        for section in result.sections:
            yield self._group_row(_("Sección: %(name)s (%%)") % {"name": section.group.label}, section.group)
        yield [_("Son respuestas del propio equipo: nadie de afuera las verificó."), "", None, None, ""]

    def criterion_titles(self) -> list[str]:
        """Name the columns of the criteria."""
        return [
            _("Número"),
            _("Clave"),
            _("Criterio"),
            _("Sección"),
            _("Área"),
            _("Tema"),
            _("Peso"),
            _("Puntos"),
            _("Máximo"),
            _("Puntaje (%)"),
            _("Puntaje exacto"),
            _("Respuesta"),
            _("El paso siguiente"),
            _("Cuenta"),
            _("Por qué no cuenta"),
            _("Motivo escrito por el equipo"),
        ]

    def criterion_rows(self) -> Iterator[Row]:
        """Yield a row for each criterion, in the questionnaire's order."""
        return (_criterion_row(criterion) for criterion in self.result.criteria)

    def answer_titles(self) -> list[str]:
        """Name the columns of the answers."""
        return [
            _("Sección"),
            _("Pregunta"),
            _("Respuesta"),
            _("Puntos"),
            _("Máximo"),
            _("Peso"),
            _("Cuenta"),
            _("Motivo escrito por el equipo"),
        ]

    def answer_rows(self) -> Iterator[Row]:
        """Yield a row for each answer: all of them for the team, and for everybody those that were scored."""
        scored = {
            question.path: (criterion, question)
            for criterion in self.result.criteria
            for question in criterion.questions
        }
        if not self.answered:
            for criterion, question in scored.values():
                yield [criterion.section_label, question.label, question.answer, *_question_cells(question)]
            return
        for section in self.answered:
            for node in section.nodes:
                _criterion, asked = scored.get(node.path, (None, None))
                yield [section.label, node.label, node.shown_value, *_question_cells(asked)]

    def work_titles(self) -> list[str]:
        """Name the columns of the explanation."""
        return [_("Parte"), _("La cuenta"), _("Exacto"), _("Redondeado"), _("Puntaje (%)"), _("Nivel")]

    def work_rows(self) -> Iterator[Row]:
        """Yield how each number comes about, from the whole down to each criterion."""
        explanation = self.explanation
        for text in (explanation.method_text, explanation.not_applicable_text, *explanation.levels):
            if text:
                yield [text, "", "", None, None, ""]
        yield _work_row(explanation.total)
        for area in explanation.areas:
            yield _work_row(area)
        for section, criteria in explanation.sections:
            yield _work_row(section)
            for work in criteria:
                label = f"{work.criterion.number}. {work.criterion.label}"
                exact = "" if work.share is None else fraction_text(work.share)
                formula = work.formula or work.criterion.exclusion
                yield [label, formula, exact, _number(work.share), _percent(work.share), ""]

    def _group_row(self, label: str, group: ResultGroup) -> Row:
        points = (_number(group.points), _number(group.maximum)) if group.has_points else (None, None)
        return [label, _percent(group.share), *points, group.level_name]


def _criterion_row(criterion: ResultCriterion) -> Row:
    return [
        criterion.number,
        criterion.key,
        criterion.label,
        criterion.section_label,
        criterion.area,
        criterion.topic_label,
        _number(criterion.weight),
        _number(criterion.points),
        _number(criterion.maximum),
        _percent(criterion.share),
        "" if criterion.share is None else fraction_text(criterion.share),
        criterion.answer,
        criterion.following,
        criterion.counted,
        criterion.exclusion,
        "\n".join(criterion.reasons),
    ]


def _question_cells(question: ResultQuestion | None) -> Row:
    if question is None:
        return [None, None, None, None, ""]
    return [
        _number(question.points),
        _number(question.maximum),
        _number(question.weight),
        question.counted,
        question.reason,
    ]


def _work_row(work: GroupWork) -> Row:
    return [
        work.group.label,
        work.formula,
        work.exact,
        _number(work.share),
        _percent(work.share),
        work.group.level_name,
    ]


def _number(value: Fraction | None) -> Decimal | None:
    """Return a number with nine decimals at most; the exact one stands beside it as a fraction."""
    if value is None:
        return None
    rounded = (Decimal(value.numerator) / Decimal(value.denominator)).quantize(_PLACES).normalize()
    return Decimal(f"{rounded:f}")


def _percent(share: Fraction | None) -> Decimal | None:
    return None if share is None else _number(share * 100)
