"""The real public questionnaires, through the ordinary path: import, answer, score."""

import csv
import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from evaluate.models import Evaluation, QuestionnaireVersion
from evaluate.services.answering import evaluation_start, section_save
from evaluate.services.definitions import definition_of
from evaluate.services.questionnaires import questionnaire_import
from evaluate.services.scoring import evaluation_score
from evaluate.services.states import evaluation_state, open_sections
from evaluate.services.submission import evaluation_submit
from tests.evaluate.factories import personal_evaluation
from tests.evaluate.form_robot import FormRobot
from tests.evaluate.form_workbooks import workbook
from tests.portal.accounts_factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.realdata]
FOOD_SECURITY = "onadata__select_one_choices_test.xlsx"


def imported(file: Path) -> QuestionnaireVersion:
    call_command("import_questionnaire", str(file), "--publish", "--slug", "real")
    return QuestionnaireVersion.objects.get(questionnaire__slug="real")


def test_every_section_of_every_good_form_is_a_page(real_data: Path, client: Client) -> None:
    files = sorted((real_data / "questionnaires" / "xlsform_good").iterdir())
    assert len(files) == 17
    user = UserFactory()
    client.force_login(user)
    for file in files:
        call_command("import_questionnaire", str(file), "--publish", "--slug", file.stem.lower()[:70])
        version = QuestionnaireVersion.objects.get(questionnaire__slug=file.stem.lower()[:70])
        evaluation, _is_new = evaluation_start(user=user, questionnaire=version.questionnaire)
        sections = open_sections(evaluation_state(evaluation))
        assert sections, file.name
        for section in sections:
            url = reverse("evaluate:evaluation-answer", args=[evaluation.public_id, section.key])
            assert client.get(url).status_code == 200, (file.name, section.key)
        detail = reverse("evaluate:questionnaire-detail", args=[version.questionnaire.slug])
        assert client.get(detail).status_code == 200


@pytest.mark.parametrize("last_choices", [False, True])
def test_the_food_security_form_is_answered_to_the_end_through_the_pages(
    last_choices: bool, real_data: Path, client: Client
) -> None:
    version = imported(real_data / "questionnaires" / "xlsform_good" / FOOD_SECURITY)
    evaluation = personal_evaluation(version)
    client.force_login(evaluation.owner)
    robot = FormRobot(evaluation_state(evaluation, user=evaluation.owner), last_choices=last_choices)
    robot.run()
    assert len(robot.steps) > 50
    save = reverse("evaluate:answer-save", args=[evaluation.public_id])
    for path, value in robot.steps:
        response = client.post(save, {"path": path, path: value}, headers={"HX-Request": "true"})
        assert response.status_code == 200, path
    review = reverse("evaluate:evaluation-review", args=[evaluation.public_id])
    assert "Está todo listo para terminar" in client.get(review).content.decode()
    assert client.post(review).url.endswith("/resultado/")
    evaluation.refresh_from_db()
    assert evaluation.status == Evaluation.Status.SUBMITTED
    page = client.get(reverse("evaluate:evaluation-result", args=[evaluation.public_id]))
    assert "Este cuestionario no lleva puntaje" in page.content.decode()


def test_the_open_data_items_give_the_official_scores_exactly(real_data: Path) -> None:
    folder = real_data / "questionnaires" / "open_data_policy"
    items = list(csv.DictReader((folder / "items.csv").open(encoding="utf-8")))
    places = list(csv.DictReader((folder / "answers_and_official_scores.csv").open(encoding="utf-8")))
    assert (len(items), len(places)) == (31, 20)
    outcome = questionnaire_import(data=open_data_workbook(items), filename="open-data.xlsx", publish=True)
    for place in places:
        evaluation = personal_evaluation(outcome.version)
        for section in definition_of(outcome.version).sections:
            values = {f"/{item['section_id']}/item_{item['number']}": answer(item, place) for item in items}
            own = {path: value for path, value in values.items() if path.startswith(f"/{section.key}/")}
            saved = section_save(evaluation=evaluation, user=evaluation.owner, section=section, values=own)
            assert not saved.errors
        run = evaluation_submit(evaluation=evaluation, user=evaluation.owner)
        assert run is not None
        done = evaluation_score(run_id=run.pk)
        assert done is not None
        given = [place[f"item_{int(item['number']):02d}"] for item in items]
        exact = Fraction(2 * given.count("adopted") + given.count("close_fit") - given.count("opposite"), 62)
        assert Fraction(done.score_exact) == exact
        assert round(done.score, 6) == Decimal(place["official_score"]), place["place"]


def answer(item: dict[str, str], place: dict[str, str]) -> str:
    return place[f"item_{int(item['number']):02d}"]


def open_data_workbook(items: list[dict[str, str]]) -> bytes:
    """The 31 items as an XLSForm workbook with points."""
    points = {"adopted": 2, "close_fit": 1, "none": 0, "opposite": -1}
    choices = [
        {"list_name": "fit", "name": name, "label": name.replace("_", " "), "points": worth}
        for name, worth in points.items()
    ]
    survey: list[dict[str, Any]] = []
    for item in items:
        item["section_id"] = re.sub(r"\W+", "_", item["section"].lower()).strip("_")
        if not survey or survey[-1]["section"] != item["section_id"]:
            if survey:
                survey.append({"type": "end group"})
            survey.append({"type": "begin group", "name": item["section_id"], "label": item["section"]})
        survey.append(
            {
                "type": "select_one fit",
                "name": f"item_{item['number']}",
                "label": item["question"],
                "required": "yes",
                "section": item["section_id"],
            }
        )
    survey.append({"type": "end group"})
    for row in survey:
        row.pop("section", None)
    return workbook(survey, choices, [{"form_title": "Open data policy", "form_id": "open-data"}])
