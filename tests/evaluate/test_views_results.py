"""Looking over, handing in, and the result."""

from fractions import Fraction

import pytest
from django.urls import reverse

from evaluate.models import Evaluation, EvaluationRun
from evaluate.result.numbers import decimal_text, percent_of
from evaluate.services.answering import answer_save
from evaluate.services.scoring import evaluation_score
from evaluate.services.submission import evaluation_submit
from tests.evaluate.factories import municipal_evaluation, personal_evaluation, questionnaire_version
from tests.evaluate.queries import counted_queries
from tests.portal.accounts_factories import MembershipFactory, UserFactory
from tests.portal.catalog_factories import EntryFactory
from tests.portal.topics_factories import TopicFactory

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def review_url(evaluation: Evaluation) -> str:
    return reverse("evaluate:evaluation-review", args=[evaluation.public_id])


def result_url(evaluation: Evaluation) -> str:
    return reverse("evaluate:evaluation-result", args=[evaluation.public_id])


def answered(version=None, **answers: str) -> Evaluation:
    evaluation = municipal_evaluation(version)
    for path, value in ({"/residuos/separa": "si", "/agua/mide": "no"} | answers).items():
        answer_save(evaluation=evaluation, user=evaluation.owner, path=path, value=value)
    return evaluation


def scored(version=None) -> Evaluation:
    evaluation = answered(version)
    run = evaluation_submit(evaluation=evaluation, user=evaluation.owner)
    evaluation_score(run_id=run.pk)
    evaluation.refresh_from_db()
    return evaluation


def test_the_review_links_to_what_is_missing_and_to_what_is_wrong(client):
    evaluation = municipal_evaluation()
    client.force_login(evaluation.owner)
    section = reverse("evaluate:evaluation-answer", args=[evaluation.public_id, "residuos"])
    page = client.get(review_url(evaluation)).content.decode()
    assert f'href="{section}#q1"' in page
    assert "Está todo listo para firmar" not in page
    answer_save(evaluation=evaluation, user=evaluation.owner, path="/residuos/separa", value="si")
    answer_save(evaluation=evaluation, user=evaluation.owner, path="/residuos/barrios", value="99")
    page = client.get(review_url(evaluation)).content.decode()
    assert f'href="{section}#q2"' in page
    assert "Tiene que ser un número entre 1 y 50." in page


def test_what_is_not_ready_cannot_be_handed_in_by_hand(client):
    evaluation = municipal_evaluation()
    client.force_login(evaluation.owner)
    page = client.post(review_url(evaluation)).content.decode()
    assert "Todavía no: faltan respuestas" in page
    evaluation.refresh_from_db()
    assert evaluation.is_draft


def test_from_the_review_to_the_result(client, django_capture_on_commit_callbacks):
    evaluation = answered()
    client.force_login(evaluation.owner)
    assert "Firmar y ver el resultado" in client.get(review_url(evaluation)).content.decode()
    response = client.post(review_url(evaluation))
    assert response.url == result_url(evaluation)
    page = client.get(result_url(evaluation)).content.decode()
    assert 'hx-trigger="every 2s"' in page
    fragment = client.get(result_url(evaluation), headers=HTMX)
    assert "<html" not in fragment.content.decode()
    evaluation_score(run_id=EvaluationRun.objects.get().pk)
    done = client.get(result_url(evaluation), headers=HTMX)
    assert done.headers["HX-Refresh"] == "true"
    page = client.get(result_url(evaluation)).content.decode()
    assert "50 %" in page
    assert "every 2s" not in page


def test_handing_in_twice_makes_one_run(client):
    evaluation = answered()
    client.force_login(evaluation.owner)
    client.post(review_url(evaluation))
    assert client.post(review_url(evaluation)).url == result_url(evaluation)
    assert EvaluationRun.objects.count() == 1


def test_the_result_says_what_went_well_what_did_not_and_that_it_is_self_reported(client):
    evaluation = scored()
    client.force_login(evaluation.owner)
    page = client.get(result_url(evaluation)).content.decode()
    assert "2 puntos de 4 posibles." in page
    strengths, weakest = page.index('id="fortalezas"'), page.index('id="mejorar"')
    assert strengths < page.index("¿Se separan los residuos?", strengths) < weakest
    assert "¿Se mide la calidad" not in page[strengths:weakest]
    assert "¿Se mide la calidad" in page[weakest:]
    assert "El paso siguiente:</strong> Sí" in page
    assert "nadie de afuera las verificó" in page
    assert evaluation.owner.name in page


def test_the_worst_section_shows_what_the_catalogue_has_about_its_topics(client):
    TopicFactory(slug="agua-segura", name_es="Agua segura")
    survey = [
        {"type": "begin group", "name": "residuos", "label": "Residuos"},
        {"type": "select_one sino", "name": "separa", "label": "¿Se separa?"},
        {"type": "end group"},
        {"type": "begin group", "name": "agua", "label": "Agua"},
        {"type": "select_one sino", "name": "mide", "label": "¿Se mide?", "topic": "agua-segura"},
        {"type": "end group"},
    ]
    EntryFactory(title="Un pozo que se mide cada mes", topics=["agua-segura"])
    EntryFactory(title="Otra cosa", topics=["otro-tema"])
    EntryFactory(title="Solo para integrantes", topics=["agua-segura"], visibility="members")
    evaluation = scored(questionnaire_version(survey, slug="temas"))
    client.force_login(evaluation.owner)
    page = client.get(result_url(evaluation)).content.decode()
    assert "Un pozo que se mide cada mes" in page
    assert "Trata el mismo tema: Agua segura" in page
    assert "Solo para integrantes" in page
    assert "Otra cosa" not in page


def test_a_questionnaire_is_not_its_own_advice(client):
    version = questionnaire_version(area="environment")
    evaluation = scored(version)
    client.force_login(evaluation.owner)
    assert "Qué hicieron otros" not in client.get(result_url(evaluation)).content.decode()


def test_a_questionnaire_without_points_shows_the_answers(client):
    version = questionnaire_version([{"type": "text", "name": "a", "label": "¿Quién?"}], (), slug="texto")
    evaluation = personal_evaluation(version)
    client.force_login(evaluation.owner)
    answer_save(evaluation=evaluation, user=evaluation.owner, path="/a", value="Ana")
    assert client.post(review_url(evaluation)).url == result_url(evaluation)
    page = client.get(result_url(evaluation)).content.decode()
    assert "no lleva puntaje" in page
    assert "Ana" in page


def test_a_failed_scoring_says_what_happened_and_shows_the_answers(client):
    evaluation = answered()
    evaluation_submit(evaluation=evaluation, user=evaluation.owner)
    EvaluationRun.objects.update(status="failed", error="ValueError: secreto")
    client.force_login(evaluation.owner)
    page = client.get(result_url(evaluation)).content.decode()
    assert "No pudimos calcular el resultado" in page
    assert "secreto" not in page
    assert "¿Se separan los residuos?" in page


def test_the_result_is_seen_by_its_people_and_staff_only(client):
    evaluation = scored()
    for person, status in (
        (MembershipFactory(municipality=evaluation.municipality).user, 200),
        (UserFactory(staff=True), 200),
        (MembershipFactory().user, 404),
        (MembershipFactory(municipality=evaluation.municipality, left=True).user, 404),
    ):
        client.force_login(person)
        assert client.get(result_url(evaluation)).status_code == status


def test_a_draft_has_no_result_and_what_was_handed_in_no_review(client):
    draft = municipal_evaluation()
    client.force_login(draft.owner)
    assert client.get(result_url(draft)).url == draft.get_absolute_url()
    done = scored(draft.version)
    client.force_login(done.owner)
    assert client.get(review_url(done)).url == result_url(done)


def test_the_queries_of_a_result_stay_within_the_budget(client):
    evaluation = scored(questionnaire_version(area="environment"))
    EntryFactory.create_batch(5, areas=["environment"])
    client.force_login(evaluation.owner)
    client.get(result_url(evaluation))
    with counted_queries() as queries:
        page = client.get(result_url(evaluation)).content.decode()
    assert "Qué hicieron otros" in page
    assert len(queries) <= 12, "\n".join(queries)


@pytest.mark.parametrize(
    ("share", "percent"),
    [(Fraction(1, 3), 33), (Fraction(1, 8), 13), (Fraction(0), 0), (Fraction(1), 100), (Fraction(1, 200), 1)],
)
def test_shares_are_shown_as_whole_per_cent_halves_up(share, percent):
    assert percent_of(share) == percent


@pytest.mark.parametrize(
    ("number", "text"),
    [(Fraction(5), "5"), (Fraction(5, 2), "2,5"), (Fraction(1, 3), "0,33"), (Fraction(100), "100")],
)
def test_points_are_written_with_a_decimal_comma(number, text):
    assert decimal_text(number) == text
