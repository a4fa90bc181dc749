"""The tables of a result: exact numbers, nothing that runs, and no names for everybody."""

import csv
import io
from fractions import Fraction

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from evaluate.result.building import score_of
from tests.evaluate.factories import SURVEY, YES_NO, municipal_evaluation, questionnaire_version
from tests.evaluate.test_reports import published, scored
from tests.portal.accounts_factories import MembershipFactory

pytestmark = pytest.mark.django_db
FORMULA = "=cmd|' /C calc'!A0"


def fetched(client, name: str, evaluation) -> bytes:
    response = client.get(reverse(f"evaluate:{name}", args=[evaluation.public_id]))
    assert "attachment" in response.headers["Content-Disposition"]
    return b"".join(response)


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def sheets_of(content: bytes) -> dict[str, list[tuple]]:
    book = load_workbook(io.BytesIO(content))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def test_a_row_for_each_criterion_with_its_exact_share(client):
    evaluation = scored(municipal_evaluation())
    client.force_login(evaluation.owner)
    rows = rows_of(fetched(client, "result-csv", evaluation))
    score = score_of(evaluation.runs.get())
    assert [row["Clave"] for row in rows] == [each.key for each in score.criteria]
    assert [Fraction(row["Puntaje exacto"]) for row in rows] == [each.share for each in score.criteria]
    assert [Fraction(row["Puntos"]) for row in rows] == [each.points for each in score.criteria]
    assert rows[1]["Respuesta"] == "No"
    assert rows[1]["El paso siguiente"] == "Sí"


def test_the_workbook_has_the_summary_the_criteria_the_answers_and_the_work(client):
    evaluation = scored(municipal_evaluation(), **{"/residuos/responsable": "Área de Ambiente"})
    client.force_login(evaluation.owner)
    sheets = sheets_of(fetched(client, "result-xlsx", evaluation))
    assert list(sheets) == ["Resumen", "Criterios", "Respuestas", "Explicación"]
    summary = {row[0]: row[1] for row in sheets["Resumen"]}
    assert summary["Puntaje total (%)"] == 50
    assert summary["Municipio"] == str(evaluation.municipality)
    assert summary["Firmada por"] == evaluation.owner.name
    assert summary["Sección: Agua (%)"] == 0
    answers = {row[1]: row[2] for row in sheets["Respuestas"]}
    assert answers["¿Quién está a cargo?"] == "Área de Ambiente"
    assert answers["¿Se separan los residuos?"] == "Sí"
    work = {row[0]: row for row in sheets["Explicación"]}
    assert work["Total"][2] == "1/2"
    assert work["Total"][3] == 0.5


def test_nothing_that_people_wrote_runs_as_a_formula(client):
    choices = [{**row, "label": f"={row['label']}"} for row in YES_NO]
    survey = [{**row, "label": f"@{row['label']}"} if row.get("name") == "mide" else row for row in SURVEY]
    version = questionnaire_version(survey, choices)
    member = MembershipFactory(user__name=FORMULA, municipality__name="+Villa")
    evaluation = scored(
        municipal_evaluation(version, user=member.user, municipality=member.municipality),
        **{"/residuos/responsable": FORMULA},
    )
    client.force_login(member.user)
    for name in ("result-csv", "result-xlsx"):
        content = fetched(client, name, evaluation)
        cells = (
            [cell for sheet in sheets_of(content).values() for row in sheet for cell in row]
            if name.endswith("xlsx")
            else [cell for row in rows_of(content) for cell in row.values()]
        )
        texts = [cell for cell in cells if isinstance(cell, str)]
        assert not [text for text in texts if text.startswith(("=", "@", "+"))]
    assert f"'{FORMULA}" in texts


def test_everybodys_files_have_no_names_and_only_what_was_scored(client):
    evaluation = published(
        scored(municipal_evaluation(), **{"/residuos/responsable": "María Pérez, 4444-4444"})
    )
    sheets = sheets_of(fetched(client, "published-xlsx", evaluation))
    text = str(sheets) + fetched(client, "published-csv", evaluation).decode()
    assert "María Pérez" not in text
    assert evaluation.owner.name not in text
    assert evaluation.owner.email not in text
    assert {row[1] for row in sheets["Respuestas"][1:]} == {
        "¿Se separan los residuos?",
        "¿Se mide la calidad del agua?",
    }
