"""What an account can fill the desk with: far more than anybody writes, and no more."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from inspire.contribution_content import mark_of
from inspire.contribution_size import MOST_BYTES, MOST_FIELD_BYTES, bytes_of
from inspire.models import Contribution
from tests.inspire.factories import ContributionFactory
from tests.inspire.test_contribution_files import jpeg, stored_photo

pytestmark = pytest.mark.django_db
LONG = "ñ" * (MOST_FIELD_BYTES // 2 + 1)


@pytest.fixture
def contribution(client: Client, settings, tmp_path) -> Contribution:
    settings.MEDIA_ROOT = tmp_path
    contribution = ContributionFactory()
    client.force_login(contribution.created_by)
    return contribution


def autosave(client: Client, contribution: Contribution, **values: str) -> dict:
    contribution.refresh_from_db()
    held = {f"held-{name}": mark_of(contribution.content.get(name)) for name in values}
    answer = client.post(
        reverse("inspire:contribution-autosave", args=[contribution.public_id]), {**values, **held}
    )
    assert answer.status_code == 200
    contribution.refresh_from_db()
    return answer.json()


def test_a_text_that_is_too_long_is_refused_beside_its_field_and_the_others_are_kept(
    client: Client, contribution
) -> None:
    answer = autosave(client, contribution, problem=LONG, lessons="Mucho")
    assert list(answer["refused"]) == ["problem"]
    assert "demasiado largo" in answer["refused"]["problem"]
    assert answer["marks"]["problem"] == mark_of("")
    assert "problem" not in contribution.content or contribution.content["problem"] == ""
    assert contribution.content["lessons"] == "Mucho"


def test_rows_of_figures_count_like_a_text(client: Client, contribution) -> None:
    rows = {f"figures-{number}-indicator": "x" * 9_000 for number in range(30)}
    held = {"held-figures": mark_of([])}
    address = reverse("inspire:contribution-autosave", args=[contribution.public_id])
    assert "figures" in client.post(address, {**rows, **held}).json()["refused"]


def test_a_whole_draft_grows_no_further_than_it_may_and_can_be_shortened(
    client: Client, contribution
) -> None:
    names = ["problem", "what_was_done", "results", "what_failed", "conditions", "lessons"]
    for name in names:
        answer = autosave(client, contribution, **{name: "x" * 190_000})
    assert list(answer["refused"]) == ["lessons"]
    assert bytes_of(contribution.content) <= MOST_BYTES
    assert autosave(client, contribution, problem="Corto")["refused"] == {}
    assert autosave(client, contribution, lessons="x" * 190_000)["refused"] == {}


def test_what_was_too_long_before_there_was_a_limit_can_be_shortened_by_a_word(
    client: Client, contribution
) -> None:
    contribution.content = {"title": "A", "problem": LONG * 2}
    contribution.save()
    assert autosave(client, contribution, problem=LONG * 2 + "x")["refused"]
    assert autosave(client, contribution, problem=LONG)["refused"] == {}


def test_without_scripts_the_page_shows_what_was_typed_and_what_is_wrong_with_it(
    client: Client, contribution
) -> None:
    data = {"problem": LONG, "held-problem": mark_of(""), "accion": "enviar"}
    page = client.post(reverse("inspire:contribution-edit", args=[contribution.public_id]), data)
    assert page.status_code == 200
    assert LONG in page.content.decode()
    assert "entran unas 200.000 letras" in page.content.decode()
    contribution.refresh_from_db()
    assert contribution.status == "draft", "what she sees is not what would be handed in"


@pytest.mark.parametrize(
    ("kind", "action", "words", "said"),
    [
        ("photo", "foto", {"alt": "Una foto"}, "Ya hay veinte fotos"),
        ("attachment", "documento", {"title": "Ordenanza"}, "Ya hay veinte documentos"),
    ],
)
def test_twenty_photos_and_twenty_documents_are_enough(
    client: Client, contribution, kind: str, action: str, words: dict[str, str], said: str
) -> None:
    for _number in range(20):
        contribution.files.create(file=stored_photo(contribution.created_by), kind=kind, **words)
    upload = {
        "photo": SimpleUploadedFile("otra.jpg", jpeg(), "image/jpeg"),
        "attachment": SimpleUploadedFile("otra.txt", b"Un texto", "text/plain"),
    }[kind]
    data = {"accion": action, f"{action}-file": upload} | {
        f"{action}-{name}": text for name, text in words.items()
    }
    page = client.post(reverse("inspire:contribution-edit", args=[contribution.public_id]), data, follow=True)
    assert said in page.content.decode()
    assert contribution.files.count() == 20
