import pytest

from inspire.models import ImportBatch, ImportedSolution, Solution, SolutionRevision
from portal.catalog.models import Entry
from tests.inspire.import_steps import (
    ROW,
    applied,
    undone,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
Status = ImportBatch.Status


def test_undoing_takes_what_was_new_out_again(client, staff) -> None:
    batch = undone(applied(client, ROW))
    assert (batch.status, batch.left_alone) == (Status.UNDONE, 0)
    assert not Solution.objects.exists()
    assert not Entry.objects.exists()


def test_undoing_brings_back_what_a_solution_said_before(client, staff) -> None:
    first = applied(client, ROW)
    digest = Solution.objects.values_list("source_digest", flat=True).get()
    batch = undone(applied(client, ROW | {"Nombre": "Otra", "Tema": "Astrología"}))
    solution = Solution.objects.get()
    assert batch.left_alone == 0
    assert (solution.title, solution.tags, solution.source_digest) == ("Plaza nueva", ["Residuos"], digest)
    assert [area.slug for area in solution.areas.all()] == ["environment-waste"]
    assert Entry.objects.get().title == "Plaza nueva"
    assert SolutionRevision.objects.filter(solution=solution).count() == 3
    assert first.solutions.count() == 1


def test_undoing_leaves_alone_what_somebody_edited_since_and_lists_it(client, staff) -> None:
    batch = applied(client, ROW, ROW | {"Código": "2"})
    edited = Solution.objects.get(source_id="1")
    edited.results = "Lo que sabemos."
    edited.save()
    batch = undone(batch)
    assert batch.left_alone == 1
    assert list(Solution.objects.all()) == [edited]
    assert ImportedSolution.objects.get().is_left_alone
    assert "Quedaron como están" in client.get(batch.get_absolute_url()).content.decode()
