"""The copy of one's profile, and its erasure."""

import io

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from connect.models import DirectoryEntry, Profile
from connect.services.profiles import photo_set, profile_save
from portal.accounts.services import account_erase, account_export
from portal.catalog.models import Entry
from portal.files.models import StoredFile
from tests.connect.factories import listed
from tests.portal.accounts_factories import UserFactory

pytestmark = pytest.mark.django_db


def with_photo():
    person = listed("Ana Única", about="Texto único")
    content = io.BytesIO()
    Image.new("RGB", (300, 300), "teal").save(content, "PNG")
    photo_set(user=person, upload=SimpleUploadedFile("yo.png", content.getvalue(), "image/png"))
    return person


def test_the_copy_holds_the_whole_profile_whoever_may_see_it():
    person = with_photo()
    profile_save(user=person, values={"offers": "Ofrezco"}, levels={"offers": "nobody"})
    told = account_export(user=person)
    text = str(told)
    for part in ("Texto único", "Ofrezco", "nobody", "yo.png", str(Profile.objects.get().photo.public_id)):
        assert part in text


def test_who_never_wrote_one_has_an_empty_part():
    assert account_export(user=UserFactory())


def test_erasure_leaves_no_profile_no_photo_no_row_and_no_entry(django_capture_on_commit_callbacks):
    person = with_photo()
    stored = Profile.objects.get(user=person).photo.content.name
    with django_capture_on_commit_callbacks(execute=True):
        account_erase(user=person, actor=person)
    assert not Profile.objects.exists()
    assert not DirectoryEntry.objects.exists()
    assert not Entry.objects.filter(kind="person").exists()
    assert not StoredFile.objects.exists()
    assert not default_storage.exists(stored)
