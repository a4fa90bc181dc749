"""Keeping uploads, and letting them go."""

import io

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import override_settings
from PIL import Image

from portal.accounts.personal_data import erasures, subject_accesses
from portal.core.decision import ALLOWED
from portal.core.registry import UnknownId
from portal.files.checks import CheckedUpload
from portal.files.content_types import JPEG, PDF
from portal.files.forms import CheckedFileField
from portal.files.models import StoredFile
from portal.files.services import file_store
from portal.files.uses import MIB, FileUse
from tests.portal.notices_factories import a_person
from tests.portal.test_files_checks import PDF_BYTES

USE = FileUse(
    id="acta",
    label="Acta",
    max_bytes=MIB,
    content_types=frozenset({PDF, JPEG}),
    may_read=lambda u, f: ALLOWED,
)


def upload(name: str = "Acta.pdf", content: bytes = PDF_BYTES) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


class ActaForm(forms.Form):
    acta = CheckedFileField(use=USE, required=False)


def test_an_upload_is_kept_under_a_random_name_with_what_was_found_out(db):
    person = a_person()
    file = file_store(use=USE, upload=upload("../Acta de Ana.html"), user=person)
    assert (file.name, file.content_type, file.size) == ("Acta de Ana.pdf", PDF, len(PDF_BYTES))
    assert file.uploaded_by == person
    assert "Ana" not in file.content.name and file.content.name.startswith("acta/")
    with file.content.open() as content:
        assert content.read() == PDF_BYTES


def test_a_refused_upload_leaves_nothing(db):
    with pytest.raises(ValidationError):
        file_store(use=USE, upload=upload(content=b"<html>"), user=None)
    assert not StoredFile.objects.exists()


def test_a_use_that_nobody_registered_keeps_nothing(db):
    with pytest.raises(UnknownId):
        file_store(use="nobody-s", upload=upload(), user=None)


def test_when_the_row_cannot_be_written_the_content_goes_too(db):
    use = FileUse("huge", "x", MIB, USE.content_types, USE.may_read)
    checked = CheckedUpload(use, "a.pdf", PDF, upload(), 0, "0" * 64)
    with pytest.raises(IntegrityError), transaction.atomic():
        file_store(use=use, upload=checked, user=None)
    folders = default_storage.listdir("huge")[0]
    assert all(default_storage.listdir(f"huge/{folder}")[1] == [] for folder in folders)


def test_the_content_goes_when_the_row_is_gone_for_good(db, django_capture_on_commit_callbacks):
    file = file_store(use=USE, upload=upload(), user=None)
    name = file.content.name
    with django_capture_on_commit_callbacks(execute=True):
        file.delete()
        assert default_storage.exists(name)
    assert not default_storage.exists(name)


@pytest.mark.django_db(transaction=True)
def test_the_content_stays_when_the_deletion_is_taken_back():
    file = file_store(use=USE, upload=upload(), user=None)
    with pytest.raises(RuntimeError), transaction.atomic():
        StoredFile.objects.get(pk=file.pk).delete()
        raise RuntimeError
    assert default_storage.exists(StoredFile.objects.get(pk=file.pk).content.name)


def test_a_store_without_paths_on_disk_is_enough(db):
    storages = {
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    with override_settings(STORAGES=storages):
        file = file_store(use=USE, upload=upload(), user=None)
        with file.content.open() as content:
            assert content.read() == PDF_BYTES


def test_the_form_field_gives_a_checked_upload_that_is_not_checked_again(db):
    out = io.BytesIO()
    Image.new("RGB", (20, 20)).save(out, "JPEG")
    form = ActaForm({}, {"acta": upload("foto.png", out.getvalue())})
    assert form.is_valid()
    checked = form.cleaned_data["acta"]
    assert (checked.name, checked.content_type) == ("foto.jpg", JPEG)
    file = file_store(use=USE, upload=checked, user=None)
    assert file.sha256 == checked.sha256


def test_the_form_field_puts_the_reason_beside_itself():
    form = ActaForm({}, {"acta": upload("acta.pdf", b"<html><script>")})
    assert not form.is_valid()
    assert form.errors["acta"] == ["Este tipo de archivo no se puede subir acá. Se aceptan: PDF, foto JPEG."]


def test_the_form_field_says_what_it_takes_and_may_be_left_empty():
    form = ActaForm({}, {})
    assert form.is_valid() and form.cleaned_data["acta"] is None
    assert 'accept=".pdf,.jpg,.jpeg"' in str(form["acta"])
    assert str(form.fields["acta"].help_text).startswith("Se aceptan: PDF, foto JPEG. Hasta 1")


def test_a_person_gets_a_list_of_her_uploads_and_is_forgotten_in_them(db):
    person = a_person()
    mine = file_store(use=USE, upload=upload(), user=person)
    file_store(use=USE, upload=upload("otra.pdf"), user=a_person())
    copy = subject_accesses.get("files").export(person)
    assert [(row["name"], row["address"]) for row in copy] == [("Acta.pdf", mine.get_absolute_url())]
    erasures.get("files").erase(person)
    mine.refresh_from_db()
    assert mine.uploaded_by is None
    assert StoredFile.objects.filter(uploaded_by__isnull=False).count() == 1
