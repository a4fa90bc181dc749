"""The official scores of twenty governments, through the portal's ordinary path: import, answer, sign, score."""

import csv
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from evaluate.models import EvaluationRun
from evaluate.services.answering import section_save
from evaluate.services.definitions import definition_of
from evaluate.services.questionnaires import questionnaire_import
from evaluate.services.submission import evaluation_submit
from evaluate.tasks import score_evaluations
from tests.evaluate.factories import municipal_evaluation
from tests.evaluate.form_workbooks import workbook

pytestmark = [pytest.mark.realdata, pytest.mark.django_db]
POINTS = {"adopted": 2, "close_fit": 1, "none": 0, "opposite": -1}


@pytest.fixture
def folder(real_data: Path) -> Path:
    return real_data / "questionnaires" / "open_data_policy"


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def test_the_twenty_official_scores_come_out_exactly(folder):
    items, governments = (rows(folder / name) for name in ("items.csv", "answers_and_official_scores.csv"))
    survey = [
        {"type": "select_one p", "name": f"item_{int(item['number']):02}", "label": item["question"]}
        for item in items
    ]
    choices = [
        {"list_name": "p", "name": name, "label": name, "points": each} for name, each in POINTS.items()
    ]
    data = workbook(survey, choices, [{"form_title": "Open data policy", "form_id": "open_data"}])
    version = questionnaire_import(data=data, filename="open_data.xlsx", publish=True).version
    (section,) = definition_of(version).sections
    runs = {}
    for government in governments:
        evaluation = municipal_evaluation(version)
        answers = {f"/{name}": value for name, value in government.items() if name.startswith("item_")}
        assert len(answers) == 31
        section_save(evaluation=evaluation, user=evaluation.owner, section=section, values=answers)
        run = evaluation_submit(evaluation=evaluation, user=evaluation.owner)
        assert isinstance(run, EvaluationRun)
        runs[run.pk] = (government, Fraction(sum(POINTS[answer] for answer in answers.values()), 62))
    score_evaluations(list(runs))
    done = EvaluationRun.objects.done().in_bulk(runs)
    assert len(done) == len(governments) == 20
    for pk, (government, exact) in runs.items():
        assert Fraction(done[pk].score_exact) == exact
        assert done[pk].score is not None
        assert done[pk].score.quantize(Decimal("0.000001")) == Decimal(government["official_score"]), (
            government
        )
