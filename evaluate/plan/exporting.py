"""A plan as a table."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from evaluate.plan.board import StepRow, step_rows, with_what_a_row_shows
from evaluate.querysets import PlanStepQuerySet
from portal.core.tabular.writing import Cell

BATCH = 200


def plan_titles() -> list[str]:
    """Name the columns in the reader's language."""
    return [
        _("Municipio"),
        _("Cuestionario"),
        _("Criterio"),
        _("Qué vamos a hacer"),
        _("Estado"),
        _("Responsable"),
        _("Para cuándo"),
        _("Vencido"),
        _("Puntaje de partida (%)"),
        _("Puntaje hoy (%)"),
        _("Inspiraciones"),
        _("Notas"),
    ]


def plan_rows(steps: PlanStepQuerySet, user: Any, today: date) -> Iterator[list[Cell]]:
    """Yield a row for each step, read in batches."""
    for batch in _batches(with_what_a_row_shows(steps, user).iterator(chunk_size=BATCH)):
        for row in step_rows(batch, user, today):
            yield _cells(row)


def _batches(steps: Iterable[Any]) -> Iterator[list[Any]]:
    batch = []
    for step in steps:
        batch.append(step)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _cells(row: StepRow) -> list[Cell]:
    step, standing = row.step, row.standing
    inspirations = "\n".join(
        f"{entry.shown_title}: {settings.SITE_URL}{entry.url}" for entry in step.visible_inspirations
    )
    return [
        str(step.municipality or ""),
        row.questionnaire,
        step.criterion_label,
        step.title,
        str(step.get_status_display()),
        str(step.responsible or ""),
        step.due_on,
        row.is_overdue,
        _percent(standing.then),
        _percent(standing.now),
        inspirations,
        step.notes,
    ]


def _percent(share: Any) -> Cell:
    return None if share is None else round(float(share) * 100, 2)
