"""What is uploaded for a solution: what is taken, who reads it, and how it goes."""

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from inspire.models import Solution
from inspire.services import solution_delete, solution_publish, solution_withdraw
from portal.files.content_types import CSV, DOCX, PDF, WEBP
from portal.files.forms import CheckedFileField
from portal.files.models import StoredFile
from portal.files.services import thumbnails_make
from portal.files.uses import MIB, file_uses
from tests.inspire.factories import SolutionFactory, picture, solution_file, with_attachment, with_photo
from tests.portal.accounts_factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


class PhotoForm(forms.Form):
    photo = CheckedFileField(use="solution-photo")


def errors_of(content: bytes, name: str = "foto.jpg") -> list[str]:
    return PhotoForm(files={"photo": SimpleUploadedFile(name, content)}).errors.get("photo", [])


def reads(user: object, file: StoredFile) -> bool:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client.get(file.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_pictures_are_taken(kind: str) -> None:
    assert errors_of(picture(kind=kind), f"plaza.{kind.lower()}") == []


@pytest.mark.parametrize(
    "content",
    [
        b"<script>alert(1)</script>",
        b"Esto es un texto con nombre de foto.",
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"GIF89a" + b"\x00" * 40,
        picture()[:200],
        b"\xff\xd8\xff\xe0" + b"\x00" * 500,
        b"",
    ],
    ids=["script", "text", "svg", "gif", "cut short", "only a beginning", "empty"],
)
def test_a_picture_that_is_none_is_an_error_beside_the_field(content: bytes) -> None:
    (message,) = errors_of(content)
    assert message
    assert not StoredFile.objects.exists()


def test_a_picture_that_is_too_heavy_says_how_much_is_too_much() -> None:
    (message,) = errors_of(picture() + b"\x00" * (10 * MIB))
    assert "10,0" in message


def test_a_large_picture_is_reduced_and_loses_what_a_camera_wrote() -> None:
    file = solution_file("solution-photo", picture(3000, 1500), "plaza.jpg")
    assert (file.width, file.height) == (2000, 1000)
    assert thumbnails_make(file_id=file.pk) == 3


def test_documents_are_what_an_office_writes_and_no_pictures() -> None:
    use = file_uses.get("solution-attachment")
    assert {PDF, DOCX, CSV} <= use.content_types
    assert WEBP not in use.content_types
    assert use.max_bytes == 20 * MIB
    with pytest.raises(ValidationError):
        solution_file("solution-attachment", picture(), "plaza.pdf")


@pytest.mark.parametrize("add", [with_photo, with_attachment])
def test_what_belongs_to_a_published_solution_is_everybodys(add) -> None:
    file = add(solution_publish(solution=SolutionFactory())).file
    assert reads(None, file)
    assert reads(UserFactory(), file)


@pytest.mark.parametrize("add", [with_photo, with_attachment])
def test_until_then_it_is_read_by_who_uploaded_it_and_by_staff(add) -> None:
    uploader = UserFactory()
    file = add(SolutionFactory(draft=True)).file
    StoredFile.objects.filter(pk=file.pk).update(uploaded_by=uploader)
    assert reads(uploader, file)
    assert reads(UserFactory(staff=True), file)
    for other in (None, UserFactory(), MembershipFactory().user, UserFactory(staff=True, is_active=False)):
        assert not reads(other, file)


def test_what_belongs_to_no_solution_yet_is_read_by_who_uploaded_it() -> None:
    uploader = UserFactory()
    file = solution_file("solution-photo", picture(), "plaza.jpg", uploader)
    assert reads(uploader, file)
    assert not reads(UserFactory(staff=True), file)
    assert not reads(None, file)
    assert not reads(UserFactory(), file)


def test_what_is_taken_out_of_the_library_is_nobodys_again() -> None:
    solution = solution_publish(solution=SolutionFactory())
    photo = with_photo(solution)
    thumbnails_make(file_id=photo.file_id)
    small = f"{photo.file.get_absolute_url()}320/"
    assert Client().get(small)["Cache-Control"] == "public, no-cache"
    solution_withdraw(solution=solution)
    assert Client().get(small).status_code == 302
    staff = Client()
    staff.force_login(UserFactory(staff=True))
    assert staff.get(small)["Cache-Control"] == "private, no-cache"


def test_a_deleted_solution_takes_its_files_with_it(django_capture_on_commit_callbacks) -> None:
    solution = SolutionFactory()
    photo, attachment = with_photo(solution), with_attachment(solution)
    thumbnails_make(file_id=photo.file_id)
    names = [
        photo.file.content.name,
        attachment.file.content.name,
        *photo.file.thumbnails.values_list("content", flat=True),
    ]
    kept = with_photo(SolutionFactory())
    with django_capture_on_commit_callbacks(execute=True):
        solution_delete(solution=Solution.objects.get(pk=solution.pk))
    assert list(StoredFile.objects.all()) == [kept.file]
    assert not any(default_storage.exists(name) for name in names)
