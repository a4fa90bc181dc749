"""Guarded downloads."""

import io
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from portal.core.decision import ALLOWED, denied
from portal.files.content_types import CSV, JPEG, PDF
from portal.files.services import file_store
from portal.files.uses import MIB, FileUse, file_uses
from tests.portal.notices_factories import a_person
from tests.portal.test_files_checks import PDF_BYTES


@pytest.fixture
def owners_only(monkeypatch) -> FileUse:
    """A use whose files only the uploader reads, registered for the length of a test."""
    use = FileUse(
        id="owners-only",
        label="Solo mío",
        max_bytes=MIB,
        content_types=frozenset({PDF, JPEG, CSV}),
        may_read=lambda user, file: ALLOWED if user == file.uploaded_by else denied("No es tuyo."),
    )
    monkeypatch.setitem(file_uses._items, use.id, use)
    return use


@pytest.fixture
def owner(db):
    return a_person()


@pytest.fixture
def ordinance(owners_only, owner):
    return file_store(
        use=owners_only, upload=SimpleUploadedFile("Ordenanza Ñandú.pdf", PDF_BYTES), user=owner
    )


@pytest.fixture
def photo(owners_only, owner):
    out = io.BytesIO()
    Image.new("RGB", (20, 20)).save(out, "JPEG")
    return file_store(use=owners_only, upload=SimpleUploadedFile("foto.jpg", out.getvalue()), user=owner)


def test_a_reader_gets_the_content_as_an_attachment_that_no_browser_runs(client, owner, ordinance):
    client.force_login(owner)
    answer = client.get(ordinance.get_absolute_url(), headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 200 and answer.streaming
    assert b"".join(answer.streaming_content) == PDF_BYTES
    assert answer["Content-Type"] == PDF
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''Ordenanza%20%C3%91and%C3%BA.pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["Cache-Control"] == "private, no-cache"
    assert answer["Content-Length"] == str(len(PDF_BYTES))


def test_only_a_picture_that_was_painted_anew_is_shown_in_the_page(client, owner, ordinance, photo):
    client.force_login(owner)
    assert client.get(f"{photo.get_absolute_url()}?ver=1")["Content-Disposition"].startswith("inline")
    assert client.get(photo.get_absolute_url())["Content-Disposition"].startswith("attachment")
    assert client.get(f"{ordinance.get_absolute_url()}?ver=1")["Content-Disposition"].startswith("attachment")


def test_to_others_the_file_does_not_exist(client, ordinance):
    for stranger in (a_person(), a_person(is_staff=True), a_person(is_superuser=True)):
        client.force_login(stranger)
        assert client.get(ordinance.get_absolute_url()).status_code == 404
        assert client.get(f"/archivos/{uuid4()}/").status_code == 404


def test_a_visitor_is_asked_to_sign_in_whether_the_file_exists_or_not(client, ordinance):
    for address in (ordinance.get_absolute_url(), f"/archivos/{uuid4()}/"):
        answer = client.get(address)
        assert answer.status_code == 302
        assert answer["Location"].endswith(f"?next={address}")


def test_a_visitor_reads_what_its_use_lets_everybody_read(client, owner, ordinance, monkeypatch):
    everybody = FileUse("owners-only", "x", MIB, frozenset({PDF}), lambda user, file: ALLOWED)
    monkeypatch.setitem(file_uses._items, "owners-only", everybody)
    answer = client.get(ordinance.get_absolute_url())
    assert answer.status_code == 200
    assert not answer.cookies


def test_a_file_whose_use_is_gone_is_read_by_nobody(client, owner, ordinance, monkeypatch):
    client.force_login(owner)
    monkeypatch.delitem(file_uses._items, "owners-only")
    assert client.get(ordinance.get_absolute_url()).status_code == 404


def test_a_kept_copy_is_used_again_only_by_who_may_still_read(client, owner, ordinance):
    client.force_login(owner)
    etag = client.get(ordinance.get_absolute_url())["ETag"]
    again = client.get(ordinance.get_absolute_url(), headers={"If-None-Match": etag})
    assert again.status_code == 304
    assert again["Cache-Control"] == "private, no-cache"
    client.force_login(a_person())
    refused = client.get(ordinance.get_absolute_url(), headers={"If-None-Match": etag})
    assert refused.status_code == 404


def test_a_row_whose_content_was_lost_says_so(client, owner, ordinance, caplog):
    client.force_login(owner)
    ordinance.content.storage.delete(ordinance.content.name)
    assert client.get(ordinance.get_absolute_url()).status_code == 404
    assert str(ordinance.public_id) in caplog.text


def test_files_are_only_read(owner, ordinance):
    client = Client()
    client.force_login(owner)
    for method in (client.post, client.put, client.delete, client.patch):
        assert method(ordinance.get_absolute_url()).status_code == 405


def test_texts_may_be_compressed_on_the_way(client, owner, owners_only):
    client.force_login(owner)
    table = b"a,b\n" + b"1,2\n" * 500
    file = file_store(use=owners_only, upload=SimpleUploadedFile("a.csv", table), user=owner)
    answer = client.get(file.get_absolute_url(), headers={"Accept-Encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    assert answer["Content-Type"] == CSV


def test_staff_look_at_uploads_and_neither_add_nor_change_them(client, ordinance):
    client.force_login(a_person(is_staff=True, is_superuser=True))
    listed = client.get("/admin/files/storedfile/")
    assert "Ordenanza Ñandú.pdf" in listed.content.decode()
    page = client.get(f"/admin/files/storedfile/{ordinance.pk}/change/")
    assert ordinance.get_absolute_url() in page.content.decode()
    assert client.post(f"/admin/files/storedfile/{ordinance.pk}/change/", {"name": "x"}).status_code == 403
    assert client.get("/admin/files/storedfile/add/").status_code == 403
