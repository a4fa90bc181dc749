"""A list of ten thousand choices, from its workbook to an answer on the page."""

import time

import pytest
from django.test import Client
from django.urls import reverse

from evaluate.services.questionnaires import questionnaire_import
from tests.evaluate.factories import personal_evaluation
from tests.evaluate.form_workbooks import workbook

pytestmark = pytest.mark.django_db
MANY = 10_000
PROVINCES = 24


def test_ten_thousand_choices_are_imported_drawn_by_their_filter_and_answered(client: Client) -> None:
    choices = [
        {
            "list_name": "town",
            "name": f"t{place}",
            "label": f"Municipio {place}",
            "province": f"p{place % PROVINCES}",
        }
        for place in range(MANY)
    ]
    choices += [
        {"list_name": "province", "name": f"p{place}", "label": f"Provincia {place}"}
        for place in range(PROVINCES)
    ]
    survey = [
        {"type": "select_one province", "name": "province", "label": "Provincia"},
        {
            "type": "select_one town",
            "name": "town",
            "label": "Municipio",
            "choice_filter": "province = ${province}",
        },
    ]
    started = time.process_time()
    data = workbook(survey, choices, [{"form_id": "towns", "form_title": "Municipios"}])
    version = questionnaire_import(data=data, filename="towns.xlsx", publish=True).version
    evaluation = personal_evaluation(version)
    client.force_login(evaluation.owner)
    save = reverse("evaluate:answer-save", args=[evaluation.public_id])
    for path, value in (("/province", "p7"), ("/town", "t31")):
        client.post(save, {"path": path, path: value}, headers={"HX-Request": "true"})
    page = client.get(reverse("evaluate:evaluation-answer", args=[evaluation.public_id, "general-1"]))
    content = page.content.decode()
    assert content.count(">Municipio ") == len(range(7, MANY, PROVINCES))
    assert 'value="t31" selected' in content
    assert 'value="t32"' not in content
    assert evaluation.answers.get(path="/town").value == "t31"
    # Reading the workbook takes two thirds of it.
    assert time.process_time() - started < 20
