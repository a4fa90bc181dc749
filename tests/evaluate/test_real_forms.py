"""The real public questionnaires, through the ordinary path: import, answer, score."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from evaluate.models import QuestionnaireVersion
from evaluate.services.answering import evaluation_start
from evaluate.services.states import evaluation_state, open_sections
from tests.portal.accounts_factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.realdata]
FOOD_SECURITY = "onadata__select_one_choices_test.xlsx"


def imported(file: Path) -> QuestionnaireVersion:
    call_command("import_questionnaire", str(file), "--publish", "--slug", "real")
    return QuestionnaireVersion.objects.get(questionnaire__slug="real")


def signed_in(user: Any, client: Client) -> Client:
    client.force_login(user)
    return client


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
