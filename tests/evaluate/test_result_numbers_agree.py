"""One result, one number: page, report, files and API tell the same, whatever the method."""

from fractions import Fraction

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings

from evaluate.api.scores import ToldScore
from evaluate.reporting.document import ReportParts, report_data
from evaluate.reporting.tables import ResultTables
from evaluate.result.building import public_result_of
from evaluate.result.explanation import explanation_of
from evaluate.result.numbers import percent_text
from evaluate.result.parts import Result
from tests.evaluate.random_forms import Response, responses
from tests.evaluate.result_forms import Scored, scored

pytestmark = pytest.mark.django_db


def exact(text: str | None) -> Fraction | None:
    return Fraction(text.replace("−", "-")) if text else None


def of_page(result: Result) -> list[str]:
    """What the page shows, from the total down to each criterion."""
    groups = [result.total, *(section.group for section in result.sections), *result.areas]
    return [each.shown_percent for each in (*groups, *result.criteria)]


def of_report(tables: ResultTables) -> list[str]:
    """What is printed."""
    parts = ReportParts(result=tables.result, explanation=tables.explanation, path="/")
    data = report_data(parts, made_at=timezone.now())
    areas = data["areas"] or [{"percent": area.shown_percent} for area in tables.result.areas]
    groups = [data["total"], *data["sections"], *areas]
    criteria = [each for section in data["sections"] for each in section["criteria"]]
    return [each["percent"] for each in (*groups, *criteria)]


def of_files(tables: ResultTables) -> list[Fraction | None]:
    """What the explanation's sheet works out for groups, and the sheet of criteria says of each."""
    work = tables.explanation
    groups = [work.total, *(section for section, _criteria in work.sections), *work.areas]
    place = tables.criterion_titles().index("Puntaje exacto")
    criteria = [row[place] for row in tables.criterion_rows()]
    return [exact(each.exact) for each in groups] + [exact(str(each)) for each in criteria]


def of_api(found: Scored) -> list[Fraction | None]:
    """What other programs read."""
    told = ToldScore(found.run, explains_answers=False).told()
    rows = [told["total"], *told["sections"], *told["areas"], *told["criteria"]]
    return [exact(each["share_exact"]) for each in rows]


@given(responses())
@settings(suppress_health_check=list(HealthCheck))
def test_page_report_files_and_api_tell_the_same_numbers(response: Response):
    found = scored(
        response.definition,
        {path[1:]: value for path, value in response.answers.items()},
        {path[1:]: reason for path, reason in response.not_applicable.items()},
    )
    shares = [found.score.share, *(each.share for each in found.score.sections)]
    shares += [each.share for each in found.score.areas] + [each.share for each in found.result.criteria]
    for result in (found.result, public_result_of(found.evaluation, found.run)):
        tables = ResultTables(result, explanation_of(result, found.definition, "es"))
        assert of_files(tables) == shares
        assert of_page(result) == of_report(tables) == [percent_text(each) for each in shares]
    in_api = of_api(found)
    groups = len(shares) - len(found.score.criteria)
    assert in_api[:groups] == shares[:groups]
    assert sorted(map(str, in_api[groups:])) == sorted(map(str, shares[groups:]))
