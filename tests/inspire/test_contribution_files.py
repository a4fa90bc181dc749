"""Photos and documents of a contribution: described, checked, and gone when nothing shows them."""

import io

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from inspire.contribution_content import mark_of
from inspire.contribution_record import contribution_record
from inspire.forms import ContributionForm
from inspire.models import Contribution
from inspire.services.contributions import contribution_accept
from portal.accounts.models import User
from portal.files.models import StoredFile
from portal.files.services import file_store
from tests.inspire.factories import ContributionFactory
from tests.portal.accounts_factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


def jpeg() -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (60, 40), "green").save(content, "JPEG")
    return content.getvalue()


def stored_photo(user: User) -> StoredFile:
    """Keep a photo for a test of another module."""
    return file_store(use="solution-photo", upload=ContentFile(jpeg(), "cantero.jpg"), user=user)


@pytest.fixture
def contribution(client: Client) -> Contribution:
    contribution = ContributionFactory()
    client.force_login(contribution.created_by)
    return contribution


def upload(client: Client, contribution: Contribution, content: bytes, **words: str):
    address = reverse("inspire:contribution-edit", args=[contribution.public_id])
    file = SimpleUploadedFile("cantero.jpg", content, "image/jpeg")
    fields = {f"foto-{name}": text for name, text in words.items()}
    return client.post(address, {"accion": "foto", "foto-file": file, **fields})


def test_a_photo_needs_words_for_those_who_do_not_see_it(client: Client, contribution: Contribution) -> None:
    page = upload(client, contribution, jpeg()).content.decode()
    assert "hay quien no puede ver la foto" in page
    assert not contribution.files.exists()
    assert upload(client, contribution, jpeg(), alt="Un cantero").status_code == 302
    assert contribution.files.get().alt == "Un cantero"


@pytest.mark.parametrize(
    "content", [b"<html><script>alert(1)</script>", b"\xff\xd8\xff\xe0 no es", b"GIF89a"]
)
def test_an_image_that_is_none_is_answered_beside_the_field(
    client: Client, contribution: Contribution, content: bytes
) -> None:
    answer = upload(client, contribution, content, alt="Nada")
    assert answer.status_code == 200
    assert answer.context["photo_form"].errors["file"]
    assert not StoredFile.objects.exists()


def test_what_was_typed_is_kept_when_a_photo_is_refused(client: Client, contribution: Contribution) -> None:
    address = reverse("inspire:contribution-edit", args=[contribution.public_id])
    typed = {"held-problem": mark_of(None), "problem": "No se pierde"}
    page = client.post(address, {"accion": "foto", **typed}).content.decode()
    assert "Elegí una foto" in page
    contribution.refresh_from_db()
    assert contribution.content["problem"] == "No se pierde"


def test_a_removed_photo_leaves_nothing_behind(client: Client, contribution: Contribution) -> None:
    upload(client, contribution, jpeg(), alt="Un cantero")
    row = contribution.files.get()
    address = reverse("inspire:contribution-edit", args=[contribution.public_id])
    other = ContributionFactory()
    foreign = other.files.create(file=stored_photo(other.created_by), kind="photo", alt="Ajena")
    assert client.post(address, {"accion": f"quitar-archivo:{foreign.pk}"}).status_code == 404
    client.post(address, {"accion": f"quitar-archivo:{row.pk}"})
    assert StoredFile.objects.get() == foreign.file


def test_a_published_photo_stays_in_the_library_when_a_proposal_leaves_it(
    client: Client, contribution: Contribution
) -> None:
    upload(client, contribution, jpeg(), alt="Un cantero")
    Contribution.objects.filter(pk=contribution.pk).update(
        status="submitted", submitted_at="2026-01-01T00:00Z"
    )
    contribution.refresh_from_db()
    form = ContributionForm.checking(contribution.content)
    assert form.is_valid(), form.errors
    accepted = contribution_accept(
        contribution=contribution,
        record_of=lambda held: contribution_record(held, form.cleaned_data),
        version=contribution.version,
        actor=UserFactory(staff=True),
    )
    solution = Contribution.objects.get(pk=accepted.pk).solution
    photo = solution.photos.get()
    address = reverse("inspire:contribution-edit", args=[contribution.public_id])
    begun = client.get(f"{reverse('inspire:contribution-create')}?solucion={solution.slug}")
    public_id = begun.context["public_id"]
    address = reverse("inspire:contribution-edit", args=[public_id])
    client.post(address, {"nuevo": "1", "solucion": solution.slug})
    copy = Contribution.objects.get(public_id=public_id).files.get()
    assert copy.file == photo.file
    client.post(address, {"accion": f"quitar-archivo:{copy.pk}"})
    assert StoredFile.objects.filter(pk=photo.file_id).exists()
