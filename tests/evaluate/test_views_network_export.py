"""Taking the network's answers away without whose they are."""

import csv
import io
import zipfile
from collections import Counter

import pytest
from django.urls import reverse
from django.utils import timezone

from evaluate.models import CurrentResult, Evaluation, EvaluationRun
from evaluate.services.answering import answer_save
from evaluate.services.scoring import evaluation_score
from evaluate.services.submission import evaluation_submit
from portal.audit.models import AuditEvent
from tests.evaluate.factories import (
    SURVEY,
    YES_NO,
    municipal_evaluation,
    personal_evaluation,
    questionnaire_version,
)
from tests.portal.accounts_factories import MembershipFactory, UserFactory
from tests.portal.places_factories import MunicipalityFactory

pytestmark = pytest.mark.django_db
SECRET = "=HYPERLINK(1) lo cuenta Ana de Villa Secreta"


def scored(evaluation: Evaluation, **answers: str) -> Evaluation:
    given = {"/residuos/separa": "si", "/residuos/responsable": SECRET, "/agua/mide": "no"} | answers
    for path, value in given.items():
        answer_save(evaluation=evaluation, user=evaluation.owner, path=path, value=value)
    evaluation_score(run_id=evaluation_submit(evaluation=evaluation, user=evaluation.owner).pk)
    return evaluation


def answered_by(version, count: int, **fields) -> list[Evaluation]:
    members = [MembershipFactory(municipality=MunicipalityFactory(**fields)) for _number in range(count)]
    return [
        scored(municipal_evaluation(version, user=member.user, municipality=member.municipality))
        for member in members
    ]


@pytest.fixture
def staff(client):
    user = UserFactory(staff=True)
    client.force_login(user)
    return user


def export(client, shape: str = "ancho", ending: str = "csv", questionnaire: str = "ambiente"):
    return client.post(
        reverse("evaluate:network-export"),
        {"forma": shape, "formato": ending, "cuestionario": questionnaire},
    )


def rows_of(response) -> list[dict[str, str]]:
    assert response.status_code == 200
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_a_row_for_each_response_without_names_texts_or_ids(client, staff):
    version = questionnaire_version()
    evaluations = answered_by(version, 6)
    rows = rows_of(export(client))
    assert len(rows) == 6
    assert {row["separa: ¿Se separan los residuos?"] for row in rows} == {"si"}
    assert {row["Total (%)"] for row in rows} == {"50"}
    text = str(rows)
    for evaluation in evaluations:
        assert str(evaluation.public_id) not in text
        assert evaluation.municipality.name not in text
    assert "Secreta" not in text


def test_a_row_for_each_answer_over_all_questionnaires(client, staff):
    answered_by(questionnaire_version(), 5)
    answered_by(questionnaire_version(slug="agua"), 5)
    rows = rows_of(export(client, "largo", questionnaire=""))
    assert Counter(row["Cuestionario"] for row in rows) == {"ambiente": 10, "agua": 10}
    assert {(row["Pregunta"], row["Código elegido"], row["Puntos"]) for row in rows} == {
        ("/residuos/separa", "si", "2.0"),
        ("/agua/mide", "no", "0.0"),
    }
    assert len({row["Respuesta n.º"] for row in rows}) == 10
    assert "Secreta" not in str(rows)


def test_row_ids_and_order_are_new_in_each_file(client, staff):
    answered_by(questionnaire_version(), 5)
    first, second = ({row["Respuesta n.º"] for row in rows_of(export(client))} for _time in range(2))
    assert len(first) == len(second) == 5
    assert not first & second


def test_place_and_date_are_said_only_of_five_towns_or_more(client, staff):
    version = questionnaire_version()
    answered_by(version, 5)
    answered_by(version, 3, region_code="14", region_name="Córdoba")
    answered_by(version, 2, region_code="82", region_name="Santa Fe")
    CurrentResult.objects.update(submitted_at=timezone.now().replace(year=2026, month=5, day=4))
    said = Counter(
        (row["Provincia"], row["Habitantes"], row["Firmada en"]) for row in rows_of(export(client))
    )
    assert said == {
        ("Buenos Aires", "De 10.000 a 50.000 habitantes", "2026-T2"): 5,
        ("", "De 10.000 a 50.000 habitantes", "2026"): 5,
    }


def test_fewer_than_five_towns_give_no_file_and_a_reason(client, staff):
    answered_by(questionnaire_version(), 4)
    response = export(client)
    assert response.status_code == 302
    assert "menos de cinco municipios" in client.get(response.url).content.decode()
    assert not AuditEvent.objects.filter(action="answers.exported").exists()
    assert rows_of(export(client, "largo")) == []


def test_public_results_hide_nobody_because_their_rows_can_be_found(client, staff):
    version = questionnaire_version()
    public = answered_by(version, 4)
    answered_by(version, 5, region_code="14", region_name="Córdoba")
    Evaluation.objects.filter(pk__in=[each.pk for each in public]).update(published_at=timezone.now())
    answered_by(version, 1)
    # Of the five towns of Buenos Aires four can be told by their answers, and the fifth is the one that is left.
    said = Counter(row["Provincia"] for row in rows_of(export(client)))
    assert said == {"": 10}


def test_a_few_results_that_are_not_public_give_no_file(client, staff):
    version = questionnaire_version()
    public = answered_by(version, 6)
    Evaluation.objects.filter(pk__in=[each.pk for each in public]).update(published_at=timezone.now())
    assert len(rows_of(export(client))) == 6
    answered_by(version, 4)
    assert export(client).status_code == 302


def test_a_version_that_fewer_than_five_towns_answered_is_left_out(client, staff):
    old = questionnaire_version()
    answered_by(old, 2)
    new = questionnaire_version([{**SURVEY[0], "label": "Otra"}, *SURVEY[1:]])
    answered_by(new, 5)
    assert {row["Versión"] for row in rows_of(export(client))} == {"2"}
    assert {row["Versión"] for row in rows_of(export(client, "largo"))} == {"2"}


def test_each_version_shares_its_traits_with_five_of_its_own(client, staff):
    old = questionnaire_version()
    answered_by(old, 4)
    answered_by(old, 1, region_code="14", region_name="Córdoba")
    new = questionnaire_version([{**SURVEY[0], "label": "Otra"}, *SURVEY[1:]])
    answered_by(new, 5, region_code="14", region_name="Córdoba")
    said = Counter((row["Versión"], row["Provincia"]) for row in rows_of(export(client)))
    assert said == {("1", ""): 5, ("2", "Córdoba"): 5}


def test_personal_self_checks_and_samples_are_not_in_it(client, staff):
    version = questionnaire_version()
    answered_by(version, 5)
    scored(personal_evaluation(version, user=MembershipFactory().user))
    sample = answered_by(version, 1)[0]
    CurrentResult.objects.filter(municipality=sample.municipality).update(is_sample=True)
    assert len(rows_of(export(client))) == 5


def test_what_does_not_apply_is_said_without_its_reason(client, staff):
    version = questionnaire_version()
    answered_by(version, 5)
    run = EvaluationRun.objects.first()
    question = run.result["criteria"][0]["questions"][0]
    question |= {"excluded_because": "not_applicable", "reason": "No hay en Villa Secreta"}
    run.save()
    rows = rows_of(export(client))
    assert Counter(row["separa: ¿Se separan los residuos?"] for row in rows) == {"si": 4, "no aplica": 1}
    assert "Secreta" not in str(rows)


def test_an_answer_that_is_no_choice_of_the_questionnaire_stays_out(client, staff):
    answered_by(questionnaire_version(), 5)
    run = EvaluationRun.objects.first()
    run.result["criteria"][0]["questions"][0]["answer"] = "Ana"
    run.save()
    assert "Ana" not in str(rows_of(export(client)))


def test_no_cell_and_no_title_runs_as_a_formula(client, staff):
    survey = [dict(row) for row in SURVEY]
    survey[1] |= {"label": "@1+1 separa"}
    choices = [{**YES_NO[0], "label": "-SUM(1)"}, YES_NO[1]]
    answered_by(questionnaire_version(survey, choices), 5)
    rows = rows_of(export(client, "largo"))
    assert {row["Texto de la pregunta"] for row in rows} >= {"'@1+1 separa"}
    assert {row["Respuesta"] for row in rows} >= {"'-SUM(1)"}
    workbook = b"".join(export(client, "largo", "xlsx").streaming_content)
    sheet = zipfile.ZipFile(io.BytesIO(workbook)).read("xl/worksheets/sheet1.xml").decode()
    assert ">'@1+1 separa<" in sheet
    assert "<f>" not in sheet


def test_each_export_is_recorded(client, staff):
    answered_by(questionnaire_version(), 5)
    export(client, "ancho", "xlsx")
    event = AuditEvent.objects.get(action="answers.exported")
    assert (event.actor_id, event.target_id) == (staff.pk, "ambiente")
    assert event.after == {"shape": "ancho", "format": "xlsx", "responses": 5}


def test_a_wide_file_needs_a_questionnaire(client, staff):
    response = export(client, questionnaire="")
    assert response.status_code == 302
    assert "Elegí de qué cuestionario" in client.get(response.url).content.decode()


def test_only_staff_may_take_it(client):
    for user in (UserFactory(), MembershipFactory(role="coordinator").user):
        client.force_login(user)
        assert client.get(reverse("evaluate:network-export")).status_code == 403
        assert export(client).status_code == 403
    client.logout()
    assert export(client).status_code == 302
