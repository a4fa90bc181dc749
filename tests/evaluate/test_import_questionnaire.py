"""The command that brings a questionnaire in."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from evaluate.models import Questionnaire, QuestionnaireVersion
from tests.evaluate.factories import SURVEY, YES_NO
from tests.evaluate.form_workbooks import workbook
from tests.portal.topics_factories import PolicyAreaFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "ambiente.xlsx"
    path.write_bytes(workbook(SURVEY, YES_NO, [{"form_title": "Ambiente", "form_id": "ambiente-2026"}]))
    return path


def imported(*arguments: object) -> str:
    out = StringIO()
    call_command("import_questionnaire", *map(str, arguments), stdout=out)
    return out.getvalue()


def test_it_says_what_was_brought_in_and_that_nothing_changed_the_second_time(file):
    assert "ambiente-2026: versión 1 (borrador), con 4 preguntas." in imported(file)
    assert "sin cambios, sigue la versión 1 (borrador)" in imported(file)


def test_it_publishes_a_draft_that_was_already_there(file):
    imported(file)
    assert "(publicada)" in imported(file, "--publish")
    assert QuestionnaireVersion.objects.get().status == "published"


def test_slug_and_area_can_be_given(file):
    PolicyAreaFactory(slug="environment-waste")
    imported(file, "--slug", "residuos", "--area", "environment-waste")
    found = Questionnaire.objects.get()
    assert (found.slug, found.area.slug) == ("residuos", "environment-waste")


def test_a_refusal_names_sheet_row_and_reason_and_changes_nothing(tmp_path):
    path = tmp_path / "malo.xlsx"
    path.write_bytes(workbook([{"type": "inventado", "name": "a", "label": "A"}]))
    with pytest.raises(CommandError) as refusal:
        imported(path, "--publish")
    message = str(refusal.value)
    assert refusal.value.returncode == 1
    assert "malo.xlsx no se importó. Hay 1 problema para corregir:" in message
    assert "hoja «survey», fila 2" in message
    assert not Questionnaire.objects.exists()


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CommandError, match="No se pudo leer"):
        imported(tmp_path / "nada.xlsx")


def test_an_open_draft_is_replaced_only_when_that_is_asked_for(file, tmp_path):
    imported(file)
    other = tmp_path / "otro.xlsx"
    other.write_bytes(
        workbook(
            [*SURVEY, {"type": "text", "name": "n", "label": "N"}],
            YES_NO,
            [{"form_title": "Ambiente", "form_id": "ambiente-2026"}],
        )
    )
    with pytest.raises(CommandError, match="ya tiene un borrador abierto"):
        imported(other)
    assert "borrador" in imported(other, "--replace-draft")
    assert QuestionnaireVersion.objects.count() == 1
