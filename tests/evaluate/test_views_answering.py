"""The answer page: saved answer by answer, or a section at once without JavaScript."""

import re
from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from evaluate.models import Answer, Evaluation
from evaluate.services.answering import answer_save, visible_questions
from evaluate.services.states import evaluation_state
from portal.files.models import StoredFile
from tests.evaluate.factories import (
    SURVEY,
    municipal_evaluation,
    personal_evaluation,
    questionnaire_version,
)
from tests.evaluate.queries import counted_queries
from tests.portal.accounts_factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def evaluation(client: Client) -> Iterator[Evaluation]:
    evaluation = municipal_evaluation()
    client.force_login(evaluation.owner)
    return evaluation


def section_url(evaluation: Evaluation, key: str = "residuos") -> str:
    return reverse("evaluate:evaluation-answer", args=[evaluation.public_id, key])


def save(client: Client, evaluation: Evaluation, path: str, *values: str, **extra: object):
    url = reverse("evaluate:answer-save", args=[evaluation.public_id])
    return client.post(url, {"path": path, path: list(values), **extra}, headers=HTMX)


def stored(evaluation: Evaluation) -> dict[str, object]:
    return dict(Answer.objects.filter(evaluation=evaluation).values_list("path", "value"))


def post_section(client: Client, evaluation: Evaluation, key: str = "residuos", **fields: object):
    """Send the section's form as a browser without JavaScript does: all that is on the page."""
    state = evaluation_state(evaluation)
    section = next(each for each in state.definition.sections if each.key == key)
    shown = visible_questions(state, section)
    return client.post(section_url(evaluation, key), {"shown": shown, "accion": "seguir", **fields})


def test_the_evaluations_address_leads_to_the_first_section_with_something_left(client, evaluation):
    url = reverse("evaluate:evaluation", args=[evaluation.public_id])
    assert client.get(url).url == section_url(evaluation, "residuos")
    for path, value in (("/residuos/separa", "no"), ("/residuos/responsable", "Obras")):
        save(client, evaluation, path, value)
    assert client.get(url).url == section_url(evaluation, "agua")


def test_only_the_section_in_view_is_on_the_page(client, evaluation):
    page = client.get(section_url(evaluation)).content.decode()
    assert "¿Se separan los residuos?" in page
    assert "¿Se mide la calidad del agua?" not in page
    assert "¿En cuántos barrios?" not in page
    assert "Sección 1 de 2" in page


def test_an_answer_brings_the_question_that_it_makes_relevant(client, evaluation):
    fragments = save(client, evaluation, "/residuos/separa", "si").content.decode()
    assert "¿En cuántos barrios?" in fragments
    assert 'hx-swap-oob="true"' in fragments
    assert "Guardado" in fragments
    assert "¿Quién está a cargo?" not in fragments
    fragments = save(client, evaluation, "/residuos/separa", "no").content.decode()
    assert "¿En cuántos barrios?" not in fragments
    assert re.search(r'hidden\s+hx-swap-oob="true"', fragments)


def test_the_question_that_was_answered_is_not_drawn_anew(client, evaluation):
    fragments = save(client, evaluation, "/residuos/responsable", "Obras").content.decode()
    assert "¿Quién está a cargo?" not in fragments
    assert 'name="/residuos/responsable"' not in fragments


def test_a_wrong_answer_gets_its_message_and_stays_as_typed(client, evaluation):
    save(client, evaluation, "/residuos/separa", "si")
    fragments = save(client, evaluation, "/residuos/barrios", "99").content.decode()
    assert "Tiene que ser un número entre 1 y 50." in fragments
    assert stored(evaluation)["/residuos/barrios"] == "99"
    page = client.get(section_url(evaluation)).content.decode()
    assert 'value="99"' in page
    assert "Tiene que ser un número entre 1 y 50." in page


def test_a_text_that_mentions_another_answer_follows_it(client, evaluation):
    save(client, evaluation, "/residuos/responsable", "Ana de Obras")
    page = client.get(section_url(evaluation, "agua")).content.decode()
    assert "Contesta Ana de Obras." in page


def test_the_texts_of_authors_and_answers_are_escaped(client, evaluation):
    save(client, evaluation, "/residuos/responsable", "<script>alert(1)</script>")
    page = client.get(section_url(evaluation, "agua")).content.decode()
    assert "<script>alert" not in page


def test_saving_one_answer_takes_at_most_six_queries(client, evaluation):
    save(client, evaluation, "/residuos/responsable", "Obras")
    with counted_queries() as queries:
        save(client, evaluation, "/residuos/separa", "si")
    assert len(queries) <= 6, "\n".join(queries)


def test_the_queries_of_a_section_do_not_grow_with_its_questions(client):
    counts = []
    for size in (5, 60):
        survey = [{"type": "text", "name": f"p{number}", "label": f"P{number}"} for number in range(size)]
        evaluation = personal_evaluation(questionnaire_version(survey, (), slug=f"largo-{size}"))
        client.force_login(evaluation.owner)
        url = section_url(evaluation, "general-1")
        client.get(url)
        with counted_queries() as queries:
            assert client.get(url).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 6


@pytest.mark.parametrize("path", ["/no/existe", "/residuos", "", "/agua/saludo"])
def test_what_is_no_question_is_not_found(path, client, evaluation):
    assert save(client, evaluation, path, "x").status_code == 404
    assert stored(evaluation) == {}


def test_an_answer_with_a_nul_is_kept_without_it(client, evaluation):
    assert save(client, evaluation, "/residuos/responsable", "Ob\x00ras").status_code == 200
    assert stored(evaluation)["/residuos/responsable"] == "Obras"


def test_what_was_handed_in_takes_no_more_answers(client, evaluation):
    Evaluation.objects.filter(pk=evaluation.pk).update(status="submitted", submitted_at=evaluation.started_at)
    assert save(client, evaluation, "/residuos/separa", "si").status_code == 403
    assert post_section(client, evaluation).status_code == 403
    assert client.get(section_url(evaluation)).url.endswith("/resultado/")
    assert stored(evaluation) == {}


def test_for_everybody_else_there_is_no_such_evaluation(client, evaluation):
    others = [
        MembershipFactory().user,
        MembershipFactory(municipality=evaluation.municipality, left=True).user,
    ]
    for person in [*others, UserFactory()]:
        client.force_login(person)
        assert client.get(section_url(evaluation)).status_code == 404
        assert save(client, evaluation, "/residuos/separa", "si").status_code == 404
        assert post_section(client, evaluation).status_code == 404
    assert stored(evaluation) == {}


def test_staff_look_and_do_not_answer(client, evaluation):
    client.force_login(UserFactory(staff=True))
    assert client.get(section_url(evaluation)).status_code == 403
    assert save(client, evaluation, "/residuos/separa", "si").status_code == 403


def test_a_visitor_is_asked_to_sign_in(client, evaluation):
    client.logout()
    for url in (section_url(evaluation), reverse("evaluate:evaluation", args=[evaluation.public_id])):
        assert client.get(url).url.startswith("/cuenta/login/")


def test_someone_whose_session_ended_is_not_shown_a_page_to_sign_in_as_if_it_were_saved(client, evaluation):
    client.logout()
    assert save(client, evaluation, "/residuos/separa", "si").status_code == 401
    assert stored(evaluation) == {}


CHAPTERS = [
    {"type": "begin group", "name": "uno", "label": "Uno"},
    {"type": "select_one sino", "name": "sigue", "label": "¿Hay más?"},
    {"type": "note", "name": "eco", "label": "Elegiste ${sigue}"},
    {"type": "end group"},
    {"type": "begin group", "name": "dos", "label": "Capítulo dos"},
    {"type": "text", "name": "que", "label": "¿Qué?", "relevant": "${sigue} = 'si'"},
    {"type": "end group"},
]


def test_a_section_with_nothing_to_ask_is_not_there_until_there_is(client):
    evaluation = personal_evaluation(questionnaire_version(CHAPTERS, slug="capitulos"))
    client.force_login(evaluation.owner)
    assert "Capítulo dos" not in client.get(section_url(evaluation, "uno")).content.decode()
    assert client.get(section_url(evaluation, "dos")).status_code == 404
    fragments = save(client, evaluation, "/uno/sigue", "si").content.decode()
    assert "Capítulo dos" in fragments
    assert client.get(section_url(evaluation, "dos")).status_code == 200
    assert "Capítulo dos" not in save(client, evaluation, "/uno/sigue", "no").content.decode()


def test_a_note_that_mentions_an_answer_follows_it_and_asks_for_nothing(client):
    evaluation = personal_evaluation(questionnaire_version(CHAPTERS, slug="capitulos"))
    client.force_login(evaluation.owner)
    fragments = save(client, evaluation, "/uno/sigue", "si").content.decode()
    assert "Elegiste si" in fragments
    assert "(opcional)" not in fragments


def test_a_colleague_goes_on_where_the_other_left(client, evaluation):
    save(client, evaluation, "/residuos/responsable", "Obras")
    client.force_login(MembershipFactory(municipality=evaluation.municipality).user)
    assert 'value="Obras"' in client.get(section_url(evaluation)).content.decode()
    save(client, evaluation, "/residuos/separa", "no")
    assert stored(evaluation) == {"/residuos/responsable": "Obras", "/residuos/separa": "no"}


def test_without_javascript_the_section_is_saved_and_the_next_one_follows(client, evaluation):
    response = post_section(
        client, evaluation, **{"/residuos/separa": "no", "/residuos/responsable": "Obras"}
    )
    assert response.url == section_url(evaluation, "agua")
    assert stored(evaluation) == {"/residuos/separa": "no", "/residuos/responsable": "Obras"}
    response = post_section(client, evaluation, "agua", **{"/agua/mide": "si"})
    assert response.url == reverse("evaluate:evaluation-review", args=[evaluation.public_id])


def test_without_javascript_new_questions_keep_one_on_the_section(client, evaluation):
    response = post_section(client, evaluation, **{"/residuos/separa": "si"})
    assert response.url.startswith(section_url(evaluation) + "#q")
    page = client.get(response.url).content.decode()
    assert "hay 1 pregunta más en esta sección" in page
    assert "¿En cuántos barrios?" in page


def test_without_javascript_an_error_shows_a_summary_with_links_and_keeps_what_was_typed(client, evaluation):
    save(client, evaluation, "/residuos/separa", "si")
    fields = {"/residuos/separa": "si", "/residuos/barrios": "muchos", "/residuos/responsable": "Obras"}
    response = post_section(client, evaluation, **fields)
    assert response.url == section_url(evaluation) + "?revisar=1#errores"
    page = client.get(response.url).content.decode()
    assert 'class="error-summary"' in page
    assert 'value="muchos"' in page
    assert 'value="Obras"' in page
    assert page.count('href="#q2"') == 1


def test_without_javascript_one_may_go_to_any_section_and_nothing_is_lost(client, evaluation):
    fields = {"accion": "ir:agua", "/residuos/responsable": "Obras"}
    assert post_section(client, evaluation, **fields).url == section_url(evaluation, "agua")
    assert stored(evaluation) == {"/residuos/responsable": "Obras"}
    response = post_section(client, evaluation, **{"accion": "ir:revisar"})
    assert response.url == reverse("evaluate:evaluation-review", args=[evaluation.public_id])


def test_without_javascript_an_answer_can_be_taken_back(client, evaluation):
    save(client, evaluation, "/agua/mide", "si")
    post_section(client, evaluation, "agua", **{"accion": "borrar:/agua/mide", "/agua/mide": "si"})
    assert stored(evaluation)["/agua/mide"] == ""


def test_questions_that_were_not_on_the_page_stay_as_they_are(client, evaluation):
    save(client, evaluation, "/residuos/responsable", "Obras")
    client.post(section_url(evaluation), {"shown": ["/residuos/separa"], "/residuos/separa": "no"})
    assert stored(evaluation) == {"/residuos/responsable": "Obras", "/residuos/separa": "no"}


REPEATED = [
    {"type": "begin repeat", "name": "obra", "label": "Obra"},
    {"type": "text", "name": "nombre", "label": "Nombre"},
    {"type": "end repeat"},
]


def test_cases_are_added_and_removed_on_the_page_with_and_without_javascript(client):
    evaluation = personal_evaluation(questionnaire_version(REPEATED, (), slug="obras"))
    client.force_login(evaluation.owner)
    url = section_url(evaluation, "obra")
    response = client.post(
        url,
        {
            "shown": "/obra[1]/nombre",
            "/obra:count": "1",
            "/obra[1]/nombre": "Plaza",
            "accion": "agregar:/obra",
        },
    )
    assert response.url.startswith(f"{url}#q")
    shown = {
        "shown": ["/obra[1]/nombre", "/obra[2]/nombre"],
        "/obra:count": "2",
        "/obra[1]/nombre": "Plaza",
        "/obra[2]/nombre": "Puente",
    }
    fragment = client.post(url, {**shown, "accion": "quitar:/obra[1]"}, headers=HTMX).content.decode()
    assert "<html" not in fragment
    assert 'value="Puente"' in fragment
    assert stored(evaluation) == {"/obra[1]/nombre": "Puente"}
    assert client.post(url, {"accion": "quitar:/obra[9]", "/obra:count": "1"}).status_code == 404
    assert client.post(url, {"accion": "quitar:/otra[1]"}).status_code == 404
    assert client.post(url, {"accion": "agregar:/otra"}).status_code == 404


UPLOAD = [{"type": "file", "name": "ordenanza", "label": "Ordenanza"}]


@pytest.fixture
def with_upload(client: Client) -> Evaluation:
    evaluation = municipal_evaluation(questionnaire_version([*UPLOAD, *SURVEY], slug="subidas"))
    client.force_login(evaluation.owner)
    return evaluation


def upload(
    client: Client, evaluation: Evaluation, content: bytes = b"Texto de la ordenanza", name: str = "o.txt"
):
    url = reverse("evaluate:answer-save", args=[evaluation.public_id])
    file = SimpleUploadedFile(name, content)
    return client.post(url, {"path": "/ordenanza", "/ordenanza": file}, headers=HTMX)


def test_an_attached_file_is_read_by_those_who_see_the_evaluation(client, with_upload):
    fragments = upload(client, with_upload).content.decode()
    address = StoredFile.objects.get().get_absolute_url()
    assert address in fragments
    assert client.get(address).status_code == 200
    client.force_login(MembershipFactory(municipality=with_upload.municipality).user)
    assert client.get(address).status_code == 200
    client.force_login(MembershipFactory().user)
    assert client.get(address).status_code == 404


def test_a_file_that_is_replaced_or_removed_is_gone(client, with_upload):
    upload(client, with_upload)
    upload(client, with_upload, b"Otro texto", "p.txt")
    assert StoredFile.objects.get().size == len(b"Otro texto")
    save(client, with_upload, "/ordenanza", "quitar")
    assert not StoredFile.objects.exists()
    assert stored(with_upload)["/ordenanza"] == ""


def test_an_upload_that_is_refused_leaves_a_message_and_the_answers_as_they_were(client, with_upload):
    fragments = upload(client, with_upload, b"MZ\x90\x00\x01", "malo.exe").content.decode()
    assert "Este tipo de archivo no se puede subir acá" in fragments
    assert stored(with_upload) == {}
    fields = {"/ordenanza": SimpleUploadedFile("malo.exe", b"MZ\x90\x00\x01")}
    response = post_section(client, with_upload, "general-1", **fields)
    assert response.status_code == 200
    assert "Este tipo de archivo no se puede subir acá" in response.content.decode()


def test_the_id_of_another_persons_file_is_no_answer(client, with_upload):
    upload(client, with_upload)
    foreign = str(StoredFile.objects.get().public_id)
    thief = personal_evaluation(with_upload.version)
    client.force_login(thief.owner)
    save(client, thief, "/ordenanza", foreign)
    assert foreign not in map(str, stored(thief).values())
    assert client.get(StoredFile.objects.get().get_absolute_url()).status_code == 404


def test_a_file_stays_with_its_case_when_those_before_it_go(client):
    survey = [
        {"type": "begin repeat", "name": "obra", "label": "Obra"},
        {"type": "file", "name": "plano", "label": "Plano"},
        {"type": "end repeat"},
    ]
    evaluation = personal_evaluation(questionnaire_version(survey, (), slug="planos"))
    client.force_login(evaluation.owner)
    url = section_url(evaluation, "obra")
    client.post(url, {"accion": "agregar:/obra", "/obra:count": "1"})
    for place in (1, 2):
        path, file = f"/obra[{place}]/plano", SimpleUploadedFile("p.txt", f"Plano {place}".encode())
        save = reverse("evaluate:answer-save", args=[evaluation.public_id])
        client.post(save, {"path": path, path: file, "/obra:count": "2"}, headers=HTMX)
    client.post(url, {"accion": "quitar:/obra[1]", "/obra:count": "2"})
    answer = Answer.objects.select_related("file").get(evaluation=evaluation)
    assert answer.path == "/obra[1]/plano"
    assert StoredFile.objects.get() == answer.file
    assert answer.file.content.read() == b"Plano 2"


def test_an_answer_is_shown_as_it_was_typed_and_not_as_an_authors_text(client, evaluation):
    save(client, evaluation, "/residuos/responsable", "**Obras**\ny agua")
    Evaluation.objects.filter(pk=evaluation.pk).update(status="submitted", submitted_at=evaluation.started_at)
    page = client.get(reverse("evaluate:evaluation-result", args=[evaluation.public_id])).content.decode()
    assert "**Obras**<br>y agua" in page


def test_an_answer_sent_by_hand_to_a_question_that_is_not_asked_counts_for_nothing(client, evaluation):
    response = save(client, evaluation, "/residuos/barrios", "7")
    assert response.status_code == 200
    assert evaluation_state(evaluation).value("/residuos/barrios") == ""


def test_saved_answers_survive_a_service_call_beside_the_page(client, evaluation):
    answer_save(evaluation=evaluation, user=evaluation.owner, path="/agua/mide", value="no")
    save(client, evaluation, "/residuos/separa", "no")
    assert stored(evaluation) == {"/agua/mide": "no", "/residuos/separa": "no"}
