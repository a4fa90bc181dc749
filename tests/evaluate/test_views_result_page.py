"""The result's page: what it says, to whom, and what it costs."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from evaluate.models import Evaluation, EvaluationRun
from evaluate.services.answering import answer_save, evaluation_start
from evaluate.services.definitions import definition_of
from evaluate.services.reopening import evaluation_reopen
from evaluate.services.scoring import evaluation_score
from evaluate.services.submission import evaluation_submit
from tests.evaluate.factories import municipal_evaluation, personal_evaluation, questionnaire_version
from tests.evaluate.queries import counted_queries
from tests.portal.accounts_factories import MembershipFactory, UserFactory
from tests.portal.catalog_factories import EntryFactory
from tests.portal.topics_factories import PolicyAreaFactory, TopicFactory

pytestmark = pytest.mark.django_db
CHOICES = [
    {"list_name": "n", "name": f"n{points}", "label": f"Nivel {points}", "points": points}
    for points in range(4)
]


def survey(criteria: int = 6, sections: int = 3, topic: str = "agua-segura") -> list[dict]:
    """A questionnaire of that many criteria, spread over sections, on a topic that the portal knows."""
    if topic:
        TopicFactory(slug=topic)
    rows: list[dict] = []
    for number in range(sections):
        rows.append({"type": "begin group", "name": f"s{number}", "label": f"Sección {number}"})
        rows += [
            {"type": "select_one n", "name": f"c{place}", "label": f"Criterio {place}", "topic": topic}
            for place in range(number, criteria, sections)
        ]
        rows.append({"type": "end group"})
    return rows


def page_url(evaluation: Evaluation, name: str = "evaluation-result") -> str:
    return reverse(f"evaluate:{name}", args=[evaluation.public_id])


def sign(evaluation: Evaluation) -> Evaluation:
    """Sign and score it."""
    run = evaluation_submit(evaluation=evaluation, user=evaluation.owner)
    evaluation_score(run_id=run.pk)
    evaluation.refresh_from_db()
    return evaluation


def answer(evaluation: Evaluation, picked: str) -> Evaluation:
    """Answer criterion after criterion with these levels: "3013…"."""
    paths = {path.rpartition("/")[2]: path for path in evaluation_paths(evaluation)}
    for place, level in enumerate(picked):
        answer_save(evaluation=evaluation, user=evaluation.owner, path=paths[f"c{place}"], value=f"n{level}")
    return evaluation


def evaluation_paths(evaluation: Evaluation) -> list[str]:
    return [question.path for question in definition_of(evaluation.version).questions]


def scored(picked: str = "310210", **options) -> Evaluation:
    version = questionnaire_version(survey(len(picked)), CHOICES, slug="agua", area="environment", **options)
    return sign(answer(municipal_evaluation(version), picked))


def body(client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_the_page_tells_level_next_level_figures_and_every_criterion(client):
    evaluation = scored()
    client.force_login(evaluation.owner)
    page = body(client, page_url(evaluation))
    assert "39 %" in page
    assert "7 puntos de 18 posibles." in page
    assert "chart--radar" in page
    assert "chart--bars" in page
    assert "Ver los números en una tabla" in page
    for place in range(6):
        assert f"Criterio {place}" in page
    assert "El nivel siguiente" in page
    assert evaluation.owner.name in page
    assert "nadie de afuera las verificó" in page


def test_weak_criteria_lead_to_the_catalogue_with_the_reason_and_to_the_plan(client):
    TopicFactory(
        slug="agua-segura",
        name_es="Agua segura",
        area=PolicyAreaFactory(slug="environment", name_es="Ambiente"),
    )
    EntryFactory(title="Un pozo que se mide", topics=["agua-segura"])
    EntryFactory(title="Algo del área", areas=["environment"])
    EntryFactory(title="De otra cosa", topics=["otro"])
    # Who works on it did not do it: neither people nor municipalities are what others did.
    for kind in ("person", "town"):
        EntryFactory(kind=kind, title="Marta Delgado", topics=["agua-segura"], areas=["environment"])
    evaluation = scored()
    client.force_login(evaluation.owner)
    page = body(client, page_url(evaluation))
    adding = body(client, f"{page_url(evaluation, 'plan-step-add')}?criterio=c2")
    assert "Un pozo que se mide" in adding
    assert "Marta Delgado" not in adding + page
    assert "Trata el mismo tema: Agua segura" in page
    assert "Es de la misma área: Ambiente" in page
    assert "De otra cosa" not in page
    assert "Ver todo sobre Agua segura" in page
    assert f"{page_url(evaluation, 'plan-step-add')}?criterio=c2" in page


def test_towns_that_are_strong_in_it_are_named_and_ones_own_town_is_not(client):
    evaluation = scored()
    other = MembershipFactory().municipality
    options = {"kind": "result", "topics": ["agua-segura"]}
    EntryFactory(title="El de otra", place_name="Otra Villa", municipality=other, **options)
    EntryFactory(title="El propio", place_name="La Propia", municipality=evaluation.municipality, **options)
    EntryFactory(title="Inventado", place_name="De Muestra", municipality=other, is_sample=True, **options)
    client.force_login(evaluation.owner)
    page = body(client, page_url(evaluation))
    assert "Otra Villa publicó un buen resultado en esto:" in page
    assert "La Propia" not in page
    assert "De Muestra" not in page


def test_an_earlier_evaluation_stands_beside_the_new_one(client):
    first = scored("310210")
    first.submitted_at -= timedelta(days=300)
    first.save(update_fields=["submitted_at"])
    second, _is_new = evaluation_start(
        user=first.owner, questionnaire=first.questionnaire, municipality=first.municipality
    )
    sign(answer(second, "330110"))
    client.force_login(first.owner)
    page = body(client, page_url(second))
    assert "Qué se movió" in page
    assert "el total era 39 % y ahora es 44 %." in page
    assert "Subieron" in page
    assert "Bajaron" in page
    assert "Qué se movió" not in body(client, page_url(first)), "nothing came before it"


def test_what_was_signed_before_it_was_reopened_stands_beside_it_and_can_be_chosen(client):
    evaluation = scored("310210")
    runs = [evaluation.runs.get().pk]
    for picked in ("330210", "333210"):
        evaluation_reopen(evaluation=evaluation, user=evaluation.owner, reason="Faltaba algo")
        evaluation.refresh_from_db()
        sign(answer(evaluation, picked))
        runs.append(evaluation.runs.order_by("-pk").first().pk)
    client.force_login(evaluation.owner)
    page = body(client, page_url(evaluation))
    assert "(esta misma autoevaluación, antes de reabrirla)" in page
    assert "el total era 50 %" in page
    assert "el total era 39 %" in body(client, f"{page_url(evaluation)}?frente={runs[0]}")
    for nonsense in ("0", "abc", "9" * 40, "-1", "²"):
        assert "el total era 50 %" in body(client, f"{page_url(evaluation)}?frente={nonsense}")


def test_while_it_is_reopened_the_page_shows_what_was_signed_and_says_so(client):
    evaluation = scored("310210")
    evaluation_reopen(evaluation=evaluation, user=evaluation.owner, reason="Faltaba algo")
    answer(evaluation, "333333")
    client.force_login(evaluation.owner)
    page = body(client, page_url(evaluation))
    assert "está reabierta" in page
    assert "39 %" in page
    assert "Todas las respuestas" not in page


def test_a_colleague_s_earlier_run_is_not_mixed_with_a_person_s_own(client):
    municipal = scored("310210")
    own = personal_evaluation(municipal.version, user=municipal.owner)
    sign(answer(own, "333333"))
    client.force_login(municipal.owner)
    assert "Qué se movió" not in body(client, page_url(own))


def test_the_explanation_shows_the_work_the_version_and_the_run(client):
    evaluation = scored()
    client.force_login(evaluation.owner)
    page = body(client, page_url(evaluation, "result-explanation"))
    run = EvaluationRun.objects.get()
    assert "= <strong>7/18</strong> = 0,3889 → <strong>39 %</strong>" in page
    assert "no coincide" not in page
    assert run.result["signature"] in page
    assert f"n.º {run.pk}" in page


@pytest.mark.parametrize("name", ["evaluation-result", "result-explanation"])
def test_a_result_is_its_people_s_and_staff_s(client, name):
    evaluation = scored()
    town = evaluation.municipality
    for person, status in (
        (MembershipFactory(municipality=town).user, 200),
        (UserFactory(staff=True), 200),
        (MembershipFactory().user, 404),
        (MembershipFactory(municipality=town, left=True).user, 404),
        (MembershipFactory(municipality=town, requested=True).user, 404),
    ):
        client.force_login(person)
        assert client.get(page_url(evaluation, name)).status_code == status
    client.logout()
    assert client.get(page_url(evaluation, name)).status_code == 302


@pytest.mark.parametrize("name", ["evaluation-result", "result-explanation"])
def test_a_self_check_is_its_owner_s_alone(client, name):
    version = questionnaire_version(survey(), CHOICES, slug="agua")
    own = sign(answer(personal_evaluation(version), "310210"))
    client.force_login(UserFactory(superuser=True))
    assert client.get(page_url(own, name)).status_code == 404
    client.force_login(own.owner)
    assert client.get(page_url(own, name)).status_code == 200


def test_nothing_scored_has_no_explanation(client):
    evaluation = municipal_evaluation()
    client.force_login(evaluation.owner)
    assert client.get(page_url(evaluation, "result-explanation")).status_code == 404


def test_the_queries_do_not_grow_with_criteria_entries_or_earlier_runs(client):
    counts = []
    for picked, entries in (("31", 1), ("310210" * 10, 40)):
        PolicyAreaFactory(slug="environment")
        version = questionnaire_version(
            survey(len(picked)), CHOICES, slug=f"agua-{entries}", area="environment"
        )
        evaluation = sign(answer(municipal_evaluation(version), picked))
        EntryFactory.create_batch(entries, topics=["agua-segura"], areas=["environment"])
        for _time in range(1 if entries == 1 else 3):
            evaluation_reopen(evaluation=evaluation, user=evaluation.owner, reason="Otra vez")
            evaluation.refresh_from_db()
            sign(evaluation)
        client.force_login(evaluation.owner)
        body(client, page_url(evaluation))
        with counted_queries() as queries:
            page = body(client, page_url(evaluation))
        assert "Qué hicieron otros" in page
        assert "Qué se movió" in page
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 14, "\n".join(queries)


def test_hundreds_of_criteria_are_folded(client):
    evaluation = scored("3102" * 60)
    client.force_login(evaluation.owner)
    page = body(client, page_url(evaluation))
    assert 'criteria-section" open' not in page
    assert "Criterio 239" in page


def test_scored_again_without_being_signed_again_is_no_earlier_result(client):
    evaluation = scored()
    again = EvaluationRun.objects.create(evaluation=evaluation)
    evaluation_score(run_id=again.pk)
    client.force_login(evaluation.owner)
    assert timezone.now() >= again.created_at
    assert "Qué se movió" not in body(client, page_url(evaluation))


def test_staff_look_and_do_not_add_to_a_town_s_plan(client):
    evaluation = scored()
    client.force_login(UserFactory(staff=True))
    assert "Sumar al plan de mejora" not in body(client, page_url(evaluation))
    client.force_login(MembershipFactory(municipality=evaluation.municipality).user)
    assert "Sumar al plan de mejora" in body(client, page_url(evaluation))
