"""Smaller pictures: how they are made, when they are left, and who sees them."""

import io
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from portal.core.decision import ALLOWED, denied
from portal.files.content_types import IMAGES, PDF
from portal.files.models import StoredFile, Thumbnail
from portal.files.orphans import orphans_remove
from portal.files.pictures import picture_of
from portal.files.services import MAX_THUMBNAIL_ATTEMPTS, file_store, thumbnails_make, thumbnails_sweep
from portal.files.tasks import make_thumbnails
from portal.files.uses import MIB, FileUse, file_uses
from tests.portal import test_notices_queue
from tests.portal.notices_factories import a_person
from tests.portal.test_files_checks import PDF_BYTES

pytestmark = pytest.mark.django_db
WIDTHS = (320, 800, 1600)
# A queue of our own, whose messages can be read.
queue = test_notices_queue.queue


def a_use(may_read) -> FileUse:
    return FileUse("pictures", "Fotos", 5 * MIB, IMAGES | {PDF}, may_read, thumbnail_widths=WIDTHS)


@pytest.fixture
def use(monkeypatch) -> FileUse:
    """A use whose pictures everybody sees, registered for the length of a test."""
    use = a_use(lambda user, file: ALLOWED)
    monkeypatch.setitem(file_uses._items, use.id, use)
    return use


@pytest.fixture
def owners_only(monkeypatch) -> FileUse:
    """The same use, whose pictures only the uploader sees."""
    use = a_use(lambda user, file: ALLOWED if user == file.uploaded_by else denied("No es tuya."))
    monkeypatch.setitem(file_uses._items, use.id, use)
    return use


def upload(width: int, height: int, kind: str = "JPEG", mode: str = "RGB") -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new(mode, (width, height), (0, 128, 128, 90)[: len(mode)]).save(out, kind)
    return SimpleUploadedFile(f"plaza.{kind.lower()}", out.getvalue())


def kept(use: FileUse, width: int = 2000, height: int = 1500, user=None, **how: str) -> StoredFile:
    return file_store(use=use, upload=upload(width, height, **how), user=user)


def widths_of(file: StoredFile) -> list[tuple[int, int]]:
    return list(file.thumbnails.values_list("width", "height"))


def test_a_pictures_size_is_known_as_soon_as_it_is_kept(use):
    file = kept(use, 900, 600)
    assert (file.width, file.height, file.thumbnail_status) == (900, 600, "waiting")


def test_what_is_no_picture_has_no_size_and_waits_for_nothing(use):
    file = file_store(use=use, upload=SimpleUploadedFile("acta.pdf", PDF_BYTES), user=None)
    assert (file.width, file.height, file.thumbnail_status) == (None, None, "")


def test_pictures_are_made_in_three_widths_and_keep_their_proportion(use):
    file = kept(use)
    assert thumbnails_make(file_id=file.pk) == 3
    assert widths_of(file) == [(320, 240), (800, 600), (1600, 1200)]
    for thumbnail in file.thumbnails.all():
        with Image.open(thumbnail.content.open("rb")) as image:
            assert (image.format, image.size) == ("WEBP", (thumbnail.width, thumbnail.height))
        assert thumbnail.content.size == thumbnail.size


def test_none_is_larger_than_the_original(use):
    file = kept(use, 810, 405)
    thumbnails_make(file_id=file.pk)
    assert widths_of(file) == [(320, 160), (800, 400)]
    small = kept(use, 320, 200)
    assert small.thumbnail_status == ""
    assert thumbnails_make(file_id=small.pk) == 0


def test_what_is_transparent_stays_so(use):
    file = kept(use, 400, 400, kind="PNG", mode="RGBA")
    thumbnails_make(file_id=file.pk)
    with Image.open(file.thumbnails.get().content.open("rb")) as image:
        assert image.mode == "RGBA"


def test_they_are_made_once_however_often_the_message_comes(use):
    file = kept(use)
    assert thumbnails_make(file_id=file.pk) == 3
    assert thumbnails_make(file_id=file.pk) == 0
    assert Thumbnail.objects.count() == 3


def test_the_task_is_queued_once_the_upload_is_saved(use, django_capture_on_commit_callbacks, queue):
    with django_capture_on_commit_callbacks(execute=True):
        file = kept(use)
        assert queue() == []
    assert queue() == [("portal.files.tasks.make_thumbnails", f"({file.pk},)")]
    assert make_thumbnails(file.pk) == 3


def test_a_lost_message_is_made_good_by_the_sweep(use):
    fresh, left = kept(use), kept(use)
    StoredFile.objects.filter(pk=left.pk).update(created_at=timezone.now() - timedelta(minutes=5))
    assert thumbnails_sweep() == 1
    assert left.thumbnails.count() == 3
    assert not fresh.thumbnails.exists()


def test_a_content_that_cannot_be_read_is_given_up_after_some_attempts(use, caplog):
    file = kept(use)
    default_storage.delete(file.content.name)
    for _attempt in range(MAX_THUMBNAIL_ATTEMPTS):
        file.refresh_from_db()
        assert file.thumbnail_status == "waiting"
        assert thumbnails_make(file_id=file.pk) == 0
    file.refresh_from_db()
    assert file.thumbnail_status == "failed"
    assert str(file.public_id) in caplog.text


def test_they_go_with_the_original(use, django_capture_on_commit_callbacks):
    file = kept(use)
    thumbnails_make(file_id=file.pk)
    names = [thumbnail.content.name for thumbnail in file.thumbnails.all()]
    with django_capture_on_commit_callbacks(execute=True):
        file.delete()
    assert not Thumbnail.objects.exists()
    assert not any(default_storage.exists(name) for name in names)


def test_they_are_no_orphans(use, monkeypatch):
    file = kept(use)
    thumbnails_make(file_id=file.pk)
    monkeypatch.setattr("portal.files.orphans.MINIMUM_AGE", timedelta(days=-1))
    orphans_remove()
    assert all(default_storage.exists(thumbnail.content.name) for thumbnail in file.thumbnails.all())


def test_a_page_gets_every_width_to_choose_from_and_before_they_are_made_the_original(use):
    file = kept(use)
    original = f"{file.get_absolute_url()}?ver=1"
    before = picture_of(file)
    assert (before.src, before.srcset, before.width, before.height) == (original, "", 2000, 1500)
    thumbnails_make(file_id=file.pk)
    address = file.get_absolute_url()
    after = picture_of(file)
    assert after.src == f"{address}800/"
    assert after.srcset == f"{address}320/ 320w, {address}800/ 800w, {address}1600/ 1600w, {original} 2000w"


def test_what_everybody_sees_may_be_kept_and_depends_on_no_cookie(use, client: Client):
    file = kept(use)
    thumbnails_make(file_id=file.pk)
    answer = client.get(f"{file.get_absolute_url()}320/")
    assert b"".join(answer.streaming_content)[8:12] == b"WEBP"
    assert answer["Content-Type"] == "image/webp"
    assert answer["Content-Disposition"].startswith("inline")
    assert answer["Cache-Control"] == "public, no-cache"
    assert "Cookie" not in answer.get("Vary", "")
    assert answer["X-Content-Type-Options"] == "nosniff"
    again = client.get(f"{file.get_absolute_url()}320/", headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again["Cache-Control"]) == (304, "public, no-cache")


def test_who_may_not_read_the_original_sees_no_smaller_picture_either(owners_only, client: Client):
    owner = a_person()
    file = kept(owners_only, user=owner)
    thumbnails_make(file_id=file.pk)
    address = f"{file.get_absolute_url()}320/"
    assert client.get(address).status_code == 302
    client.force_login(a_person())
    assert client.get(address).status_code == 404
    client.force_login(owner)
    answer = client.get(address)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-cache")


@pytest.mark.parametrize("width", [321, 0, 10**30])
def test_a_width_that_was_not_made_does_not_exist(use, client: Client, width: int):
    file = kept(use)
    thumbnails_make(file_id=file.pk)
    client.force_login(a_person())
    assert client.get(f"{file.get_absolute_url()}{width}/").status_code == 404
