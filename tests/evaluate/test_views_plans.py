"""The pages of an improvement plan: from a weak criterion to a step that is done."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from evaluate.models import Evaluation, PlanStep
from evaluate.services.answering import answer_save
from evaluate.services.scoring import evaluation_score
from evaluate.services.submission import evaluation_submit
from tests.evaluate.factories import (
    municipal_evaluation,
    personal_evaluation,
    plan_step,
    questionnaire_version,
)
from tests.evaluate.queries import counted_queries
from tests.portal.accounts_factories import MembershipFactory
from tests.portal.catalog_factories import EntryFactory
from tests.portal.topics_factories import PolicyAreaFactory

pytestmark = pytest.mark.django_db


def scored(evaluation: Evaluation, **answers: str) -> Evaluation:
    for path, value in ({"/residuos/separa": "si", "/agua/mide": "no"} | answers).items():
        answer_save(evaluation=evaluation, user=evaluation.owner, path=path, value=value)
    run = evaluation_submit(evaluation=evaluation, user=evaluation.owner)
    evaluation_score(run_id=run.pk)
    evaluation.refresh_from_db()
    return evaluation


def add_url(evaluation: Evaluation, criterion: str = "mide") -> str:
    return reverse("evaluate:plan-step-add", args=[evaluation.public_id]) + f"?criterio={criterion}"


def test_a_step_from_a_weak_criterion_begins_with_its_next_level_and_ideas(client):
    evaluation = scored(municipal_evaluation(questionnaire_version(area="ambiente")))
    entry = EntryFactory(title="Cómo medimos el agua", areas=["ambiente"])
    EntryFactory(title="Solo para integrantes", areas=["otra"])
    colleague = MembershipFactory(municipality=evaluation.municipality)
    client.force_login(evaluation.owner)
    page = client.get(add_url(evaluation)).content.decode()
    assert "¿Se mide la calidad del agua?" in page
    assert ">\nSí</textarea>" in page
    assert "Cómo medimos el agua" in page
    due = timezone.localdate() + timedelta(days=90)
    response = client.post(
        add_url(evaluation),
        {
            "title": "Medir   el agua\ncada mes",
            "criterion": "mide",
            "responsible": colleague.user.pk,
            "due_on": f"{due:%Y-%m-%d}",
            "notes": "Hablar con la cooperativa",
            "inspirations": [entry.pk],
        },
    )
    step = PlanStep.objects.get()
    assert response.url == step.get_absolute_url()
    assert (step.title, step.municipality, step.responsible, step.due_on) == (
        "Medir el agua cada mes",
        evaluation.municipality,
        colleague.user,
        due,
    )
    assert (step.criterion, step.criterion_label) == ("mide", "¿Se mide la calidad del agua?")
    assert float(step.share_then) == 0
    assert list(step.inspirations.all()) == [entry]
    again = client.get(add_url(evaluation)).content.decode()
    assert "El plan ya tiene algo para este criterio" in again


def test_after_a_newer_result_a_step_shows_what_its_criterion_gained(client):
    first = scored(municipal_evaluation(questionnaire_version()))
    client.force_login(first.owner)
    client.post(add_url(first), {"title": "Medir el agua", "criterion": "mide"})
    step = PlanStep.objects.get()
    assert "partió de 0 %" in client.get(step.get_absolute_url()).content.decode()
    second = municipal_evaluation(first.version, user=first.owner, municipality=first.municipality)
    scored(second, **{"/agua/mide": "si"})
    for address in (step.get_absolute_url(), reverse("evaluate:plan-list")):
        page = client.get(address).content.decode()
        assert "100 %" in page
        assert "partió de" not in page


def test_a_self_checks_plan_is_measured_by_the_next_self_check(client):
    first = scored(personal_evaluation())
    client.force_login(first.owner)
    client.post(add_url(first), {"title": "Medir el agua", "criterion": "mide"})
    step = PlanStep.objects.get()
    assert step.municipality is None
    assert step.responsible is None
    scored(personal_evaluation(first.version, user=first.owner), **{"/agua/mide": "si"})
    page = client.get(step.get_absolute_url()).content.decode()
    assert "100 %" in page
    assert "solo lo ves vos" in page


def test_an_unknown_criterion_in_the_address_is_no_criterion(client):
    evaluation = scored(municipal_evaluation())
    client.force_login(evaluation.owner)
    for criterion in ("no-existe", "%00", "a" * 4_000, "mide'--"):
        assert client.get(add_url(evaluation, criterion)).status_code == 200
    answer = client.post(add_url(evaluation), {"title": "Algo", "criterion": "no-existe"})
    assert "Ese criterio no es de este cuestionario" in answer.content.decode()
    assert not PlanStep.objects.exists()


def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_lost(client):
    evaluation = scored(municipal_evaluation())
    stranger = MembershipFactory().user
    client.force_login(evaluation.owner)
    page = client.post(
        add_url(evaluation),
        {
            "title": " ",
            "responsible": stranger.pk,
            "due_on": "2020-01-01",
            "notes": "No se pierde",
            "inspirations": ["99999"],
        },
    ).content.decode()
    assert "Falta qué van a hacer" in page
    assert "Esa persona ya no trabaja en el municipio" in page
    assert "Esa fecha ya pasó" in page
    assert "No se pierde" in page
    assert not PlanStep.objects.exists()
    for due in ("9999-12-31", "mañana", "2026-13-40"):
        answer = client.post(add_url(evaluation), {"title": "Algo", "due_on": due}).content.decode()
        assert "Revisá el año" in answer or "No entendemos esa fecha" in answer


def test_a_step_by_hand_for_a_questionnaire_that_one_chooses(client):
    version = questionnaire_version()
    member = MembershipFactory()
    client.force_login(member.user)
    chooser = client.get("/evaluarme/plan/nuevo/").content.decode()
    assert "¿A qué plan va el paso?" in chooser
    address = f"/evaluarme/plan/nuevo/?cuestionario={version.questionnaire.slug}&de={member.municipality_id}"
    assert "¿Se mide la calidad del agua?" in client.get(address).content.decode()
    client.post(address, {"title": "Ordenar todo"})
    step = PlanStep.objects.get()
    assert (step.criterion, step.share_then, step.municipality) == ("", None, member.municipality)
    own = f"/evaluarme/plan/nuevo/?cuestionario={version.questionnaire.slug}&de=yo"
    client.post(own, {"title": "Aprender"})
    assert PlanStep.objects.get(title="Aprender").municipality is None


def test_mine_first_then_by_day_and_what_is_closed_last(client):
    member = MembershipFactory()
    place, today = member.municipality, timezone.localdate()
    plan_step(place, title="Paso hecho", status="done", due_on=today)
    plan_step(place, title="Paso sin fecha")
    plan_step(place, title="Paso vencido", due_on=today - timedelta(days=3))
    plan_step(place, title="Paso mío", due_on=today + timedelta(days=60), responsible=member.user)
    client.force_login(member.user)
    page = client.get("/evaluarme/plan/").content.decode()
    places = [
        page.index(f">{title}<") for title in ("Paso mío", "Paso vencido", "Paso sin fecha", "Paso hecho")
    ]
    assert places == sorted(places)
    assert "1 de 4 pasos hechos" in " ".join(page.split())
    assert "1 vencido" in " ".join(page.split())
    assert "a tu cargo" in page


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("estado=done", {"Hecho"}),
        ("estado=abiertos", {"Tarde", "Mío"}),
        ("estado=vencidos", {"Tarde"}),
        ("mios=1", {"Mío"}),
        ("cuestionario=ambiente", {"Hecho", "Tarde", "Mío"}),
        ("cuestionario=otro", set()),
        ("estado=inventado", {"Hecho", "Tarde", "Mío"}),
    ],
)
def test_filters_stand_in_the_address_and_hold_for_the_file_too(client, query, titles):
    member = MembershipFactory()
    place = member.municipality
    plan_step(place, title="Hecho", status="done")
    plan_step(place, title="Tarde", due_on=timezone.localdate() - timedelta(days=1))
    plan_step(place, title="Mío", responsible=member.user)
    client.force_login(member.user)
    page = client.get(f"/evaluarme/plan/?{query}").content.decode()
    table = b"".join(client.get(f"/evaluarme/plan/exportar.csv?{query}")).decode()
    for title in ("Hecho", "Tarde", "Mío"):
        assert (f">{title}<" in page) == (title in titles)
        assert (f",{title}," in table) == (title in titles)


def test_an_empty_plan_says_how_to_begin(client):
    client.force_login(MembershipFactory().user)
    page = client.get("/evaluarme/plan/").content.decode()
    assert "Todavía no hay pasos en este plan" in page


@pytest.mark.parametrize("address", ["/evaluarme/plan/", "/evaluarme/plan/exportar.csv"])
def test_the_number_of_queries_does_not_grow_with_the_steps(client, address):
    member = MembershipFactory()
    evaluation = scored(municipal_evaluation(user=member.user, municipality=member.municipality))
    PolicyAreaFactory()

    def fill(count: int) -> None:
        for _number in range(count):
            colleague = MembershipFactory(municipality=member.municipality).user
            step = plan_step(member.municipality, about=evaluation.questionnaire, responsible=colleague)
            step.inspirations.add(EntryFactory())

    client.force_login(member.user)
    fill(1)
    counts = []
    for _round in range(2):
        with counted_queries() as queries:
            response = client.get(address)
            if response.streaming:
                b"".join(response)
        counts.append(len(queries))
        fill(12)
    assert counts[0] == counts[1], queries
    assert counts[0] <= 12


def test_a_page_holds_fifty_steps_and_leads_to_the_next(client):
    member = MembershipFactory()
    for number in range(53):
        plan_step(member.municipality, title=f"Paso {number:02}")
    client.force_login(member.user)
    first = client.get("/evaluarme/plan/")
    assert len(first.context["rows"]) == 50
    second = client.get(f"/evaluarme/plan/?cursor={first.context['page'].next_cursor}")
    shown = [row.step.title for row in (*first.context["rows"], *second.context["rows"])]
    assert sorted(shown) == [f"Paso {number:02}" for number in range(53)]
