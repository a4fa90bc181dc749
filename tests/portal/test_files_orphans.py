"""Uploads that came to nothing."""

import os
import time

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import transaction

from portal.core.decision import ALLOWED
from portal.files.content_types import PDF
from portal.files.models import StoredFile
from portal.files.services import file_store
from portal.files.uses import MIB, FileUse, file_uses
from tests.portal.test_files_checks import PDF_BYTES

TWO_DAYS_IN_SECONDS = 2 * 24 * 3600


@pytest.fixture
def use(monkeypatch) -> FileUse:
    use = FileUse("sueltos", "Sueltos", MIB, frozenset({PDF}), lambda user, file: ALLOWED)
    monkeypatch.setitem(file_uses._items, use.id, use)
    return use


def stored(use: FileUse) -> StoredFile:
    return file_store(use=use, upload=SimpleUploadedFile("a.pdf", PDF_BYTES), user=None)


def make_old(name: str) -> None:
    then = time.time() - TWO_DAYS_IN_SECONDS
    os.utime(default_storage.path(name), (then, then))


@pytest.mark.django_db(transaction=True)
def test_an_old_content_without_a_row_goes_and_all_others_stay(use, capsys):
    taken_back: list[StoredFile] = []
    for _number in range(2):
        with pytest.raises(RuntimeError), transaction.atomic():
            taken_back.append(stored(use))
            raise RuntimeError
    old, fresh = (file.content.name for file in taken_back)
    kept = stored(use).content.name
    make_old(old)
    make_old(kept)
    call_command("remove_orphan_files")
    assert "Removed 1 " in capsys.readouterr().out
    assert [default_storage.exists(name) for name in (old, fresh, kept)] == [False, True, True]


def test_a_use_that_nobody_has_used_yet_is_no_trouble(db, use, capsys):
    call_command("remove_orphan_files")
    assert "Removed 0 " in capsys.readouterr().out
