"""Comments and evidence beside one question, as a page and as the panel beside the answers."""

from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from evaluate.models import Evaluation, ItemComment, ItemEvidence
from evaluate.services.answering import answer_save
from portal.files.models import StoredFile
from tests.evaluate.answer_page import HTMX, save, section_url
from tests.evaluate.factories import criteria_version, municipal_evaluation, personal_evaluation
from tests.evaluate.queries import counted_queries
from tests.portal.accounts_factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
PATH = "/riego/riego_1"


@pytest.fixture
def evaluation(client: Client) -> Evaluation:
    evaluation = municipal_evaluation(criteria_version())
    client.force_login(evaluation.owner)
    return evaluation


def url_of(evaluation: Evaluation) -> str:
    return reverse("evaluate:item-detail", args=[evaluation.public_id])


def open_item(client: Client, evaluation: Evaluation, path: str = PATH, **headers: str):
    return client.get(url_of(evaluation), {"pregunta": path}, headers=headers)


def post(client: Client, evaluation: Evaluation, action: str, path: str = PATH, **fields: object):
    return client.post(url_of(evaluation), {"pregunta": path, "accion": action, **fields})


def text_of(response) -> str:
    return unescape(response.content.decode())


def colleague_of(evaluation: Evaluation, **options: object):
    return MembershipFactory(municipality=evaluation.municipality, **options).user


def sign(evaluation: Evaluation) -> None:
    Evaluation.objects.filter(pk=evaluation.pk).update(status="scored", submitted_at=evaluation.started_at)


def test_a_comment_is_read_by_the_colleagues_with_author_and_date(client, evaluation):
    assert post(client, evaluation, "comentar", text="¿Contamos el vivero?").status_code == 302
    client.force_login(colleague_of(evaluation))
    page = text_of(open_item(client, evaluation))
    assert "¿Contamos el vivero?" in page
    assert evaluation.owner.name in page
    assert "La planilla de riego" in page, "the evidence asked stands above the evidence"
    assert "borrar:" not in page


def test_one_deletes_ones_own_comment_and_no_one_elses(client, evaluation):
    post(client, evaluation, "comentar", text="Sí")
    comment = ItemComment.objects.get()
    client.force_login(colleague_of(evaluation))
    assert post(client, evaluation, f"borrar:{comment.public_id}").status_code == 403
    client.force_login(evaluation.owner)
    assert f"borrar:{comment.public_id}" in text_of(open_item(client, evaluation))
    post(client, evaluation, f"borrar:{comment.public_id}")
    assert not ItemComment.objects.exists()


def test_a_file_and_an_address_are_kept_with_their_titles(client, evaluation):
    file = SimpleUploadedFile("o.txt", b"Ordenanza")
    post(client, evaluation, "evidencia", title="Ordenanza 12", file=file)
    post(client, evaluation, "evidencia", title="", url="municipio.gob.ar/riego")
    page = text_of(open_item(client, evaluation))
    assert "Ordenanza 12" in page
    assert 'href="https://municipio.gob.ar/riego"' in page
    assert StoredFile.objects.get().get_absolute_url() in page


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({}, "una de las dos cosas"),
        ({"url": "javascript:alert(1)"}, "Copiá la dirección completa"),
        ({"url": "ftp://municipio.gob.ar/x"}, "Copiá la dirección completa"),
        ({"url": "no es"}, "Copiá la dirección completa"),
        ({"url": "https://a.ar", "title": "x" * 300}, "Contá qué es en menos de 200 letras"),
    ],
)
def test_evidence_that_cannot_be_taken_gets_its_message_and_what_was_typed_stays(
    client, evaluation, fields, message
):
    response = post(client, evaluation, "evidencia", **{"title": "Mi título", **fields})
    assert response.status_code == 200
    assert message in text_of(response)
    assert f'value="{fields.get("title", "Mi título")}"' in text_of(response)
    assert not ItemEvidence.objects.exists()


def test_a_dangerous_file_is_refused_and_nothing_is_kept(client, evaluation):
    file = SimpleUploadedFile("malo.exe", b"MZ\x90\x00\x01")
    response = post(client, evaluation, "evidencia", file=file)
    assert "Este tipo de archivo no se puede subir acá" in text_of(response)
    assert not StoredFile.objects.exists()


def test_an_empty_and_an_endless_comment_are_refused_and_stay_in_the_box(client, evaluation):
    assert "Escribí el comentario" in text_of(post(client, evaluation, "comentar", text="  "))
    page = text_of(post(client, evaluation, "comentar", text="largo " * 1000))
    assert "hasta 4000 letras" in page
    assert "largo largo" in page
    assert not ItemComment.objects.exists()


def test_evidence_is_removed_by_who_added_it_or_who_coordinates_with_its_file(client, evaluation):
    coordinator = colleague_of(evaluation, role="coordinator")
    for person, status in ((colleague_of(evaluation), 403), (evaluation.owner, 302), (coordinator, 302)):
        client.force_login(evaluation.owner)
        post(client, evaluation, "evidencia", file=SimpleUploadedFile("o.txt", b"Ordenanza"))
        evidence = ItemEvidence.objects.last()
        client.force_login(person)
        assert post(client, evaluation, f"quitar:{evidence.public_id}").status_code == status
        assert StoredFile.objects.filter(pk=evidence.file_id).exists() is (status == 403)
        ItemEvidence.objects.all().delete()
        assert not StoredFile.objects.exists()


def test_a_deleted_evaluation_takes_the_files_of_its_evidence_along(client, evaluation):
    post(client, evaluation, "evidencia", file=SimpleUploadedFile("o.txt", b"Ordenanza"))
    Evaluation.objects.get(pk=evaluation.pk).delete()
    assert not StoredFile.objects.exists()


def test_evidence_is_downloaded_by_whoever_sees_the_evaluation_and_nobody_else(client, evaluation):
    post(client, evaluation, "evidencia", file=SimpleUploadedFile("o.txt", b"Ordenanza"))
    address = StoredFile.objects.get().get_absolute_url()
    people = {
        colleague_of(evaluation): 200,
        UserFactory(staff=True): 200,
        MembershipFactory().user: 404,
        colleague_of(evaluation, left=True): 404,
    }
    for person, status in people.items():
        client.force_login(person)
        assert client.get(address).status_code == status
        assert open_item(client, evaluation).status_code == status
    client.logout()
    assert client.get(address).status_code == 302
    assert open_item(client, evaluation).status_code == 302


def test_staff_read_and_do_not_write(client, evaluation):
    client.force_login(UserFactory(staff=True))
    assert "Tu comentario" not in text_of(open_item(client, evaluation))
    assert post(client, evaluation, "comentar", text="Hola").status_code == 403
    assert not ItemComment.objects.exists()


def test_what_was_signed_is_only_read_and_survives_a_reopening(client, evaluation):
    post(client, evaluation, "comentar", text="Queda dicho")
    post(client, evaluation, "evidencia", url="https://municipio.gob.ar")
    sign(evaluation)
    page = text_of(open_item(client, evaluation))
    assert "Queda dicho" in page
    assert "https://municipio.gob.ar" in page
    assert "<textarea" not in page
    assert "quitar:" not in page
    for action in ("comentar", "evidencia", f"quitar:{ItemEvidence.objects.get().public_id}"):
        assert post(client, evaluation, action, text="x", url="https://a.ar").status_code == 403
    Evaluation.objects.filter(pk=evaluation.pk).update(status="draft")
    assert "Queda dicho" in text_of(open_item(client, evaluation))
    assert post(client, evaluation, "comentar", text="Sigo").status_code == 302


def test_a_self_check_has_notes_and_evidence_of_its_owner_alone(client):
    evaluation = personal_evaluation(criteria_version())
    client.force_login(evaluation.owner)
    post(client, evaluation, "comentar", text="Preguntar en Obras")
    post(client, evaluation, "evidencia", url="https://municipio.gob.ar")
    page = text_of(open_item(client, evaluation))
    assert "Preguntar en Obras" in page
    assert "La leés solo vos." in page
    assert "quitar:" in page
    for person in (UserFactory(staff=True), UserFactory()):
        client.force_login(person)
        assert open_item(client, evaluation).status_code == 404


@pytest.mark.parametrize("path", ["", "/no/existe", "/riego", "/riego/riego_1[2]", "/riego/riego_1/x"])
def test_what_is_no_question_has_no_panel(path, client, evaluation):
    assert open_item(client, evaluation, path).status_code == 404
    assert post(client, evaluation, "comentar", path, text="x").status_code == 404


@pytest.mark.parametrize(
    "action", ["", "otra", "borrar:x", "quitar:", "borrar:6b1c5a52-95b5-4c54-8c7e-1f2a3b4c5d6e"]
)
def test_what_no_page_of_ours_asks_for_is_not_found(action, client, evaluation):
    assert post(client, evaluation, action).status_code == 404


def test_the_comment_of_another_evaluation_is_out_of_reach(client, evaluation):
    post(client, evaluation, "comentar", text="Mío")
    other = municipal_evaluation(criteria_version("otras"), user=evaluation.owner)
    assert post(client, other, f"borrar:{ItemComment.objects.get().public_id}").status_code == 404


def test_the_section_shows_how_many_there_are_in_no_query_of_their_own(client, evaluation):
    url = section_url(evaluation, "riego")
    client.get(url)
    with counted_queries() as without:
        assert text_of(client.get(url)).count("Comentar o sumar evidencia") == 2
    for _number in range(2):
        post(client, evaluation, "comentar", text="Sí")
    post(client, evaluation, "evidencia", url="https://municipio.gob.ar")
    with counted_queries() as with_them:
        assert "2 comentarios · 1 evidencia" in text_of(client.get(url))
    assert len(without) == len(with_them)


def test_a_question_drawn_anew_keeps_its_count(client, evaluation):
    post(client, evaluation, "comentar", text="Sí")
    save(client, evaluation, PATH, **{f"{PATH}:na": "1", f"{PATH}:motivo": "No"})
    fragments = text_of(save(client, evaluation, PATH))
    assert "1 comentario" in fragments


def test_the_panel_answers_with_itself_and_the_new_count(client, evaluation):
    data = {"pregunta": PATH, "accion": "comentar", "text": "Sí"}
    fragment = text_of(client.post(url_of(evaluation), data, headers=HTMX))
    assert "<html" not in fragment
    assert 'id="item-panel-body"' in fragment
    assert "1 comentario" in fragment


def test_the_history_tells_who_answered_what_before(client, evaluation):
    assert "Qué se respondió antes" not in text_of(open_item(client, evaluation))
    colleague = colleague_of(evaluation)
    answer_save(evaluation=evaluation, user=colleague, path=PATH, value="1")
    answer_save(evaluation=evaluation, user=evaluation.owner, path=PATH, value="3")
    page = text_of(open_item(client, evaluation)).split("Qué se respondió antes")[1]
    assert page.index("Todo") < page.index("Poco")
    assert colleague.name in page


def test_the_queries_of_the_panel_do_not_grow_with_what_it_holds(client, evaluation):
    counts = []
    for _round in range(2):
        for _number in range(3):
            author = colleague_of(evaluation)
            client.force_login(author)
            post(client, evaluation, "comentar", text="Sí")
            post(client, evaluation, "evidencia", url="https://municipio.gob.ar")
        client.force_login(evaluation.owner)
        open_item(client, evaluation)
        with counted_queries() as queries:
            open_item(client, evaluation)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_enough_is_enough(client, evaluation):
    for number in range(21):
        response = post(client, evaluation, "evidencia", url=f"https://municipio.gob.ar/{number}")
    assert "ya tiene 20 evidencias" in text_of(response)
    assert ItemEvidence.objects.count() == 20
