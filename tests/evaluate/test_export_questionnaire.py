"""The command that writes a questionnaire as a workbook, and the way back."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from evaluate.engine.xlsform import read_workbook
from evaluate.models import QuestionnaireVersion
from evaluate.services.definitions import definition_of
from evaluate.services.questionnaires import questionnaire_import
from tests.evaluate.factories import SURVEY, YES_NO
from tests.evaluate.form_workbooks import workbook

pytestmark = pytest.mark.django_db


@pytest.fixture
def version() -> QuestionnaireVersion:
    data = workbook(SURVEY, YES_NO, [{"form_title": "Ambiente", "form_id": "ambiente"}])
    return questionnaire_import(data=data, filename="ambiente.xlsx", publish=True).version


def exported(*arguments: object) -> str:
    out = StringIO()
    call_command("export_questionnaire", *map(str, arguments), stdout=out)
    return out.getvalue()


def test_what_it_writes_reads_back_as_the_version_and_makes_no_new_one(version, tmp_path: Path):
    file = tmp_path / "salida.xlsx"
    assert f"ambiente, versión 1: está en {file}." in exported("ambiente", "--output", file)
    assert read_workbook(file).definition == definition_of(version)
    again = questionnaire_import(data=file.read_bytes(), filename="salida.xlsx")
    assert (again.is_new, again.version) == (False, version)


def test_the_version_in_force_is_written_unless_another_is_named(version, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    questionnaire_import(
        data=workbook(
            [*SURVEY, {"type": "text", "name": "n", "label": "N"}],
            YES_NO,
            [{"form_title": "Ambiente", "form_id": "ambiente"}],
        ),
        filename="b.xlsx",
    )
    assert "versión 1" in exported("ambiente")
    assert "versión 2" in exported("ambiente", "--version-number", 2)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ambiente-v1.xlsx", "ambiente-v2.xlsx"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("nada",), "Los que hay: ambiente."),
        (("ambiente", "--version-number", 7), "Las que tiene: 1."),
        (("ambiente", "--output", "/no/hay/tal.xlsx"), "No se pudo escribir"),
    ],
)
def test_what_cannot_be_written_is_said_with_what_there_is(version, arguments, words):
    with pytest.raises(CommandError, match=words):
        exported(*arguments)
