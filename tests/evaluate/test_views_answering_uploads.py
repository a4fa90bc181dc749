"""Questions that are answered with a file."""

from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from evaluate.models import Answer, AnswerRevision, Evaluation
from portal.files.models import StoredFile
from tests.evaluate.answer_page import HTMX, post_section, save, section_url, stored
from tests.evaluate.factories import (
    SURVEY,
    municipal_evaluation,
    personal_evaluation,
    questionnaire_version,
)
from tests.portal.accounts_factories import MembershipFactory

pytestmark = pytest.mark.django_db


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


def test_a_file_is_never_taken_by_its_number(client, with_upload):
    upload(client, with_upload)
    secret = StoredFile.objects.get()
    other = municipal_evaluation(questionnaire_version(UPLOAD, (), slug="otras-subidas"))
    client.force_login(other.owner)
    data = {
        "accion": "mia:/ordenanza",
        "shown": "/ordenanza",
        "/ordenanza:mia": str(secret.public_id),
        "/ordenanza:held": "x",
    }
    client.post(section_url(other, "general-1"), data)
    assert not Answer.objects.filter(evaluation=other, file__isnull=False).exists()
    assert "/ordenanza" not in stored(other)
    assert client.get(secret.get_absolute_url()).status_code == 404


def test_the_history_says_which_file_somebody_replaced_and_that_it_is_gone(client, with_upload):
    upload(client, with_upload, name="vieja.txt")
    colleague = MembershipFactory(municipality=with_upload.municipality).user
    client.force_login(colleague)
    upload(client, with_upload, b"Otro texto", "nueva.txt")
    page = client.get(
        reverse("evaluate:item-detail", args=[with_upload.public_id]), {"pregunta": "/ordenanza"}
    )
    assert "vieja.txt (el archivo se quitó al reemplazarlo)" in unescape(page.content.decode())
    assert AnswerRevision.objects.get().value == "vieja.txt"


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
