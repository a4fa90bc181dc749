"""What was exported can be imported again, and is the same."""

import io
import json

import pytest
from django.test import Client

from inspire.contribution_record import solution_record
from inspire.exporting.columns import COLUMNS
from inspire.importing.columns import NAMES
from inspire.models import Solution
from inspire.services import solutions_import
from portal.core.tabular import open_table
from tests.inspire.factories import SolutionFactory
from tests.inspire.test_exporting import whole_solution

pytestmark = pytest.mark.django_db
# What only other people's files have: ours names areas, topics, tags and people instead.
NOT_OURS = {"topic", "contact"}


def test_the_columns_of_an_export_are_those_of_an_import() -> None:
    written = {column.name for column in COLUMNS if not column.is_read_only}
    assert written == set(NAMES) - NOT_OURS


def test_an_import_takes_no_column_of_ours_for_another_and_leaves_the_read_only_ones_aside() -> None:
    known = {synonym: name for name, synonyms in NAMES.items() for synonym in synonyms}
    for column in COLUMNS:
        assert column.name not in known if column.is_read_only else column.name in NAMES


def records() -> list[dict]:
    """The content of the library, but for what a file does not carry."""
    found = [solution_record(solution).to_json() for solution in Solution.objects.order_by("source_id")]
    return json.loads(
        json.dumps([{k: v for k, v in one.items() if k not in {"slug", "photos"}} for one in found])
    )


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_nothing_is_lost_from_export_to_import(client: Client, ending: str) -> None:
    whole_solution(
        source_id="todo",
        summary="=CMD()",
        problem="'=1\n\n- uno\n- dos",
        lessons="+54 911; -3 | «eso»",
        novelty="_x0041_",
        language="es",
        is_sample=True,
        translations={
            "en": {
                "title": "Composting",
                "figures": [{"indicator": "Homes", "before": "", "after": "80", "unit": "", "date": ""}],
            }
        },
        recognitions=["Premio; con punto y coma", "@Premio"],
        figures=[
            {"indicator": "Hogares | casas", "before": "10", "after": "80", "unit": "", "date": "2024"},
            {"indicator": "\\ barra", "before": "", "after": "-5", "unit": "°C", "date": ""},
        ],
        people=[("author", "Rosa Ejemplo"), ("contact", "Juan Ejemplo")],
    )
    SolutionFactory(source_id="poco", summary="Se hizo.", country_wide=True)
    before = records()
    content = client.get(f"/inspirarme/exportar.{ending}").getvalue()
    Solution.objects.all().delete()
    with open_table(io.BytesIO(content), f"exportado.{ending}") as table:
        report = solutions_import(table=table)
    assert (report.refused, report.created) == ([], 2)
    for was, is_now in zip(before, records(), strict=True):
        assert {name: value for name, value in is_now.items() if value != was[name]} == {}


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_an_export_that_nobody_touched_imports_as_unchanged_the_second_time(
    client: Client, ending: str
) -> None:
    whole_solution()
    content = client.get(f"/inspirarme/exportar.{ending}").getvalue()
    for _time in range(2):
        with open_table(io.BytesIO(content), f"exportado.{ending}") as table:
            report = solutions_import(table=table)
    assert (report.refused, report.created, report.updated) == ([], 0, 0)
