from datetime import timedelta

import pytest
from django.utils import timezone

from inspire.models import ImportBatch, Solution
from inspire.services.importing.forgetting import KEPT_FOR
from inspire.tasks import forget_imports
from portal.files.models import StoredFile
from tests.inspire.import_steps import (
    ROW,
    applied,
    checked,
    undone,
    uploaded,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
Status = ImportBatch.Status
WRONG = ROW | {"Código": "2", "Nombre": ""}


def long_ago() -> None:
    then = timezone.now() - KEPT_FOR - timedelta(days=1)
    ImportBatch.objects.update(created_at=then)
    ImportBatch.objects.exclude(finished_at=None).update(finished_at=then)


def test_what_nobody_went_on_with_is_given_up_and_keeps_its_counts(client, staff) -> None:
    batch = checked(client, ROW, WRONG)
    never_read = uploaded(client, ROW)
    long_ago()
    assert forget_imports() == 2
    for one in (batch, never_read):
        one.refresh_from_db()
        assert (one.status, one.file, one.rows.count(), one.notes.count()) == (Status.CANCELLED, None, 0, 0)
    assert (batch.rows_read, batch.refused, batch.created) == (2, 1, 1)
    assert not StoredFile.objects.exists()
    assert "Nadie la siguió en 30 días" in client.get(batch.get_absolute_url()).content.decode()
    assert forget_imports() == 0


def test_an_import_that_is_in_the_library_loses_its_file_and_can_still_be_undone(client, staff) -> None:
    batch = applied(client, ROW, WRONG)
    long_ago()
    assert forget_imports() == 1
    batch.refresh_from_db()
    assert (batch.status, batch.file, batch.notes.count()) == (Status.APPLIED, None, 0)
    assert client.get(batch.get_absolute_url()).status_code == 200
    assert Solution.objects.count() == 1
    assert undone(batch).status == Status.UNDONE
    assert not Solution.objects.exists()


def test_what_is_young_or_in_a_workers_hands_is_left_alone(client, staff) -> None:
    working = checked(client, ROW)
    long_ago()
    ImportBatch.objects.filter(pk=working.pk).update(status=Status.APPLYING, finished_at=None)
    young = checked(client, ROW, source="otra")
    assert forget_imports() == 0
    assert working.rows.count() == young.rows.count() == 1
    assert StoredFile.objects.count() == 2
