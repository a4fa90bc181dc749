"""The report of a result: what it says, to whom, and that nobody's words become code."""

import re
import zlib

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from evaluate.models import Evaluation
from evaluate.reporting.document import report_data
from evaluate.reporting.gathering import own_report, public_report
from evaluate.services.answering import answer_save
from evaluate.services.scoring import evaluation_score
from evaluate.services.states import evaluation_state
from evaluate.services.submission import evaluation_submit
from tests.evaluate.factories import (
    SURVEY,
    YES_NO,
    municipal_evaluation,
    personal_evaluation,
    plan_step,
    questionnaire_version,
)
from tests.evaluate.queries import counted_queries
from tests.portal.accounts_factories import MembershipFactory, UserFactory
from tests.portal.catalog_factories import EntryFactory
from tests.portal.topics_factories import TopicFactory

pytestmark = pytest.mark.django_db
HOSTILE = '#panic("no") $x$ *a* \\ " 👍 مرحبا ' + "M" * 300


def scored(evaluation: Evaluation, **answers: str) -> Evaluation:
    for path, value in ({"/residuos/separa": "si", "/agua/mide": "no"} | answers).items():
        answer_save(evaluation=evaluation, user=evaluation.owner, path=path, value=value)
    run = evaluation_submit(evaluation=evaluation, user=evaluation.owner)
    evaluation_score(run_id=run.pk)
    return Evaluation.objects.with_questionnaire().select_related("submitted_by").get(pk=evaluation.pk)


def published(evaluation: Evaluation) -> Evaluation:
    Evaluation.objects.filter(pk=evaluation.pk).update(published_at=timezone.now())
    return evaluation


def report_url(evaluation: Evaluation) -> str:
    return reverse("evaluate:result-report", args=[evaluation.public_id])


def public_url(evaluation: Evaluation) -> str:
    return reverse("evaluate:published-report", args=[evaluation.public_id])


def data_of(evaluation: Evaluation, user=None) -> dict:
    parts = own_report(
        evaluation, evaluation.runs.get(), evaluation_state(evaluation), user=user or evaluation.owner
    )
    return report_data(parts, made_at=timezone.now())


def unpacked(content: bytes) -> bytes:
    parts = [content]
    for found in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL):
        try:
            parts.append(zlib.decompress(found.group(1)))
        except zlib.error:
            continue
    return b"\n".join(parts)


def test_the_report_is_a_tagged_document_named_after_what_it_is_about(client):
    evaluation = scored(municipal_evaluation())
    client.force_login(evaluation.owner)
    response = client.get(report_url(evaluation))
    assert response.headers["Content-Type"] == "application/pdf"
    assert 'filename="ambiente-' in response.headers["Content-Disposition"]
    assert response.headers["Cache-Control"] == "no-store"
    content = unpacked(response.content)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in content
    assert b"/StructTreeRoot" in content
    assert f"Ambiente · {evaluation.municipality}".encode() in content


def test_it_says_who_signed_the_score_what_is_strong_and_what_comes_first():
    evaluation = scored(municipal_evaluation())
    data = data_of(evaluation)
    assert data["place"] == str(evaluation.municipality)
    assert ["Firmada por", evaluation.submitted_by.name] in data["facts"]
    assert data["total"]["percent"] == "50 %"
    assert "alcanza el 50 % de lo posible en 2 criterios" in data["reading"]
    assert [each["label"] for each in data["strengths"]] == ["¿Se separan los residuos?"]
    assert [(each["label"], each["following"]) for each in data["first"]] == [
        ("¿Se mide la calidad del agua?", "Sí")
    ]
    assert [section["label"] for section in data["sections"]] == ["Residuos", "Agua"]
    assert data["how"]["sums"][0]["exact"] == "1/2"
    assert data["address"]["url"].endswith(f"/respuestas/{evaluation.public_id}/resultado/")


def test_a_second_result_says_what_moved_and_the_plan_stands_in_it():
    first = scored(municipal_evaluation())
    plan_step(first.municipality, about=first.questionnaire, title="Medir", due_on="2020-01-01")
    plan_step(first.municipality, about=first.questionnaire, title="Descartado", status="dropped")
    again = municipal_evaluation(first.version, user=first.owner, municipality=first.municipality)
    second = scored(again, **{"/agua/mide": "si"})
    data = data_of(second)
    assert data["movement"]["total"] == {
        "label": "Total",
        "before": "50 %",
        "now": "100 %",
        "difference": "+50",
    }
    assert "Subió 50 puntos" in data["reading"]
    assert [(step["title"], step["is_overdue"]) for step in data["plan"]] == [("Medir", True)]


def test_the_public_report_has_no_names_no_reasons_and_no_plan():
    evaluation = scored(municipal_evaluation())
    plan_step(evaluation.municipality, about=evaluation.questionnaire, responsible=evaluation.owner)
    data = report_data(public_report(evaluation, evaluation.runs.get()), made_at=timezone.now())
    assert evaluation.owner.name not in str(data)
    assert evaluation.owner.email not in str(data)
    assert data["plan"] == []
    assert data["ideas"] == []
    assert all(each["reasons"] == [] for section in data["sections"] for each in section["criteria"])
    assert f"/resultados/{evaluation.public_id}/" in data["address"]["url"]


def test_hostile_words_are_printed_in_every_place_where_people_write(client, caplog):
    survey = [
        {**row, "label": f"{row['label']} {HOSTILE}"} if row.get("label") else row
        for row in SURVEY
        if row["type"] != "note"
    ]
    choices = [{**row, "label": f"{row['label']} {HOSTILE}"} for row in YES_NO]
    version = questionnaire_version(survey, choices)
    member = MembershipFactory(user__name=HOSTILE[:100], municipality__name=HOSTILE[:100])
    evaluation = scored(municipal_evaluation(version, user=member.user, municipality=member.municipality))
    plan_step(
        member.municipality,
        about=evaluation.questionnaire,
        title=HOSTILE[:300],
        criterion_label=HOSTILE,
        responsible=member.user,
    )
    client.force_login(member.user)
    response = client.get(report_url(evaluation))
    assert response.content.startswith(b"%PDF")
    assert "Latin letters only" not in caplog.text


def test_a_self_check_has_a_report_of_its_own_that_is_its_owners_alone(client):
    evaluation = scored(personal_evaluation())
    data = data_of(evaluation)
    assert data["is_personal"]
    assert not any(label == "Firmada por" for label, _value in data["facts"])
    for user in (UserFactory(staff=True), UserFactory(superuser=True), MembershipFactory().user):
        client.force_login(user)
        assert client.get(report_url(evaluation)).status_code == 404
    client.force_login(evaluation.owner)
    assert client.get(report_url(evaluation)).status_code == 200


@pytest.mark.parametrize("name", ["result-report", "result-csv", "result-xlsx"])
def test_files_of_a_town_are_for_its_people_and_for_staff(client, name):
    evaluation = scored(municipal_evaluation())
    address = reverse(f"evaluate:{name}", args=[evaluation.public_id])
    assert client.get(address).status_code == 302
    town = evaluation.municipality
    for user, status in (
        (MembershipFactory(municipality=town).user, 200),
        (UserFactory(staff=True), 200),
        (MembershipFactory(municipality=town, left=True).user, 404),
        (MembershipFactory().user, 404),
    ):
        client.force_login(user)
        assert client.get(address).status_code == status


@pytest.mark.parametrize("name", ["published-report", "published-csv", "published-xlsx"])
def test_public_files_are_there_only_while_the_result_is_public(client, name):
    evaluation = scored(municipal_evaluation())
    address = reverse(f"evaluate:{name}", args=[evaluation.public_id])
    assert client.get(address).status_code == 404
    published(evaluation)
    assert client.get(address).status_code == 200
    Evaluation.objects.filter(pk=evaluation.pk).update(published_at=None)
    assert client.get(address).status_code == 404


def test_the_public_report_is_the_same_file_for_everybody(client):
    evaluation = published(scored(municipal_evaluation()))
    first = client.get(public_url(evaluation)).content
    assert first == client.get(public_url(evaluation)).content
    assert evaluation.owner.name.encode() not in unpacked(first)


def test_there_is_no_report_before_there_is_a_result(client):
    evaluation = municipal_evaluation()
    client.force_login(evaluation.owner)
    assert client.get(report_url(evaluation)).status_code == 404


def test_it_speaks_the_readers_language(client):
    evaluation = scored(municipal_evaluation())
    with translation.override("en"):
        data = data_of(evaluation)
    assert re.search(r"[A-Z][a-z]+ \d{1,2}, \d{4}", data["facts"][-1][1])


def test_the_number_of_queries_does_not_grow_with_the_plan(client):
    evaluation = scored(municipal_evaluation())
    client.force_login(evaluation.owner)
    # The first look at a peer group releases its figures.
    client.get(report_url(evaluation))
    counts = []
    for _round in range(2):
        with counted_queries() as queries:
            client.get(report_url(evaluation))
        counts.append(len(queries))
        for _number in range(8):
            colleague = MembershipFactory(municipality=evaluation.municipality).user
            plan_step(evaluation.municipality, about=evaluation.questionnaire, responsible=colleague)
    assert counts[0] == counts[1]
    assert counts[0] <= 14


def test_a_sum_is_told_in_points_on_the_cover_as_on_the_page(client):
    settings = [{"form_title": "Ambiente", "form_id": "ambiente", "scoring": "sum"}]
    evaluation = scored(municipal_evaluation(questionnaire_version(SURVEY, YES_NO, settings=settings)))
    data = data_of(evaluation)
    assert data["total"]["score"] == "2 de 4 puntos"
    assert "alcanza 2 de 4 puntos en 2 criterios" in data["reading"]
    client.force_login(evaluation.owner)
    assert client.get(report_url(evaluation)).content.startswith(b"%PDF")


def test_ideas_say_for_which_other_criteria_they_are_and_which_towns_are_strong():
    TopicFactory(slug="agua-segura")
    EntryFactory(kind="solution", topics=["agua-segura"], title="Red de agua")
    EntryFactory(kind="result", topics=["agua-segura"], title="Villa: resultado", place_name="Villa")
    survey = [
        {**row, "topic": "agua-segura"} if row["type"].startswith("select_one") else row for row in SURVEY
    ]
    evaluation = scored(
        municipal_evaluation(questionnaire_version(survey, YES_NO)), **{"/residuos/separa": "no"}
    )
    (idea,) = data_of(evaluation)["ideas"]
    assert idea["also"] == ["¿Se mide la calidad del agua? (0 %)"]
    assert [each["title"] for each in idea["entries"]] == ["Red de agua"]
    assert [each["place"] for each in idea["towns"]] == ["Villa"]
