import io
from collections import Counter
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from inspire.exporting.columns import COLUMNS
from inspire.importing.columns import LABELS, NAMES, find_columns, recognised_columns
from inspire.importing.template import TEMPLATE_ROWS
from inspire.models import ImportBatch, Solution
from inspire.record import Figure, Link, Person, SolutionRecord
from inspire.services import solutions_import, solutions_upsert
from inspire.services.importing import (
    import_apply,
    import_check,
    import_start,
    import_undo,
    import_undo_start,
)
from inspire.starter import load_solutions
from portal.catalog.models import Entry
from portal.core.tabular import open_table
from portal.places.starter import load_places
from portal.topics.starter import load_topics
from tests.portal.accounts_factories import UserFactory
from tests.portal.places_factories import CountryFactory, MunicipalityFactory
from tests.portal.topics_factories import PolicyAreaFactory, TopicFactory

pytestmark = pytest.mark.django_db


def exported(client, ending: str = "csv") -> bytes:
    return b"".join(client.get(f"/inspirarme/exportar.{ending}").streaming_content)


def test_every_column_of_the_export_is_one_that_the_import_knows_by_that_name() -> None:
    writable = [column.name for column in COLUMNS if not column.is_read_only]
    assert [name for name in writable if name not in NAMES] == []
    found = recognised_columns(tuple(column.name for column in COLUMNS))
    assert [name for name in writable if found.get(name) != name] == []
    assert set(NAMES) == set(LABELS)


def test_the_template_has_every_column_and_its_row_can_be_imported(client) -> None:
    CountryFactory()
    MunicipalityFactory(name="Tandil", latitude=-37.32, longitude=-59.13)
    PolicyAreaFactory(slug="environment-waste")
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    content = client.get("/inspirarme/importaciones/plantilla.csv").content
    with open_table(io.BytesIO(content), filename="plantilla.csv") as table:
        assert table.header == tuple(NAMES)
        assert set(find_columns(table, has_source=False).places) == set(NAMES)
        report = solutions_import(table=table)
    assert (report.created, report.refused, report.remarks) == (1, [], [])
    solution = Solution.objects.get()
    assert solution.is_sample
    assert set(TEMPLATE_ROWS[0]) <= set(NAMES)
    assert [figure["after"] for figure in solution.figures] == ["80", "12"]
    assert (solution.sdgs, solution.end_year, solution.cost_band) == ([11, 12], 2024, "low")
    assert {person.role for person in solution.people.all()} == {"implementer", "contact"}


def test_a_record_with_everything_comes_back_from_its_export_as_it_was(client) -> None:
    CountryFactory()
    record = SolutionRecord(
        source="obras", source_id="a|b;1", slug="x", title="Plaza; «nueva» | con barra", country_id="AR",
        summary="Uno.", problem="Dos.\n\nTres.", what_was_done="=1+1", results="- uno", figures=[
            Figure("Familias | barrios", "10", "80,5", "%", "2024")], what_failed="a", conditions="b", lessons="c",
        novelty="d", partners="e", beneficiaries="f", cost_band="very_high", funding="g", language="pt",
        translations={"en": {"title": "Square", "figures": [
            {"indicator": "x", "before": "1", "after": "", "unit": "", "date": ""}]}},
        municipality_id=MunicipalityFactory(latitude=-36.0, longitude=-60.0).pk, place_name="Barrio",
        latitude=-36.0, longitude=-60.1, position_precision="place", level="regional", stage="scaled",
        start_year=2001, end_year=2003, tags=["a; b", "c"], sdgs=[6, 11], recognitions=["Premio | 1"],
        links=[Link("Ver", "https://example.org/?a=1;2|3")], source_name="h", source_url="https://example.org",
        licence="i", is_sample=True, areas=[PolicyAreaFactory().slug], topics=[TopicFactory().slug],
        people=[Person("contact", "Ana Paz", "", "Municipio"), Person("author", "Luz Gil")],
    )  # fmt: skip
    solutions_upsert(records=[record])
    before = Solution.objects.values().get()
    for ending in ("csv", "xlsx"):
        with open_table(io.BytesIO(exported(client, ending)), filename=f"x.{ending}") as table:
            report = solutions_import(table=table)
        assert (report.unchanged, report.refused, report.remarks) == (1, [], [])
    assert Solution.objects.values().get() == before


def test_the_starter_comes_back_from_its_export_unchanged(client) -> None:
    load_places()
    load_topics()
    load_solutions()
    with open_table(io.BytesIO(exported(client)), filename="x.csv") as table:
        report = solutions_import(table=table)
    changed = Solution.objects.filter(revisions__number=2).values_list("source_id", flat=True)
    assert (list(changed), report.refused) == ([], [])
    assert report.unchanged == Solution.objects.count() == report.read


@pytest.mark.realdata
def test_the_real_file_goes_through_the_browser_and_out_again(
    real_data: Path, client, settings, tmp_path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    load_places()
    load_topics()
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    content = (real_data / "solutions" / "solutions_open.csv").read_bytes()
    file = SimpleUploadedFile("solutions_open.csv", content)
    answer = client.post("/inspirarme/importaciones/", {"file": file, "source": "", "language": "es"})
    assert answer.status_code == 302
    batch = ImportBatch.objects.get()
    form = client.get(f"/inspirarme/importaciones/{batch.public_id}/columnas/").context["form"]
    answers = {field: form[field].value() or "" for field in form.fields}
    assert client.post(f"/inspirarme/importaciones/{batch.public_id}/columnas/", answers).status_code == 302
    import_check(batch_id=batch.pk)
    batch.refresh_from_db()
    assert (batch.rows_read, batch.created, batch.updated, batch.refused) == (3333, 3333, 0, 0)
    assert batch.positioned == 1612
    client.post(f"/inspirarme/importaciones/{batch.public_id}/paso/", {"paso": "confirmar"})
    import_apply(batch_id=batch.pk)
    batch.refresh_from_db()
    assert (batch.status, batch.created) == ("applied", 3333)
    assert Entry.objects.of_kind("solution").count() == 3333
    import_start(batch=_again(batch), mapping=batch.mapping, source="", language="es", user=batch.made_by)
    again = ImportBatch.objects.latest("id")
    import_check(batch_id=again.pk)
    again.refresh_from_db()
    assert Counter(created=again.created, updated=again.updated) == Counter(created=0, updated=0)
    import_undo_start(batch=batch, user=batch.made_by)
    import_undo(batch_id=batch.pk)
    assert not Solution.objects.exists()
    assert not Entry.objects.of_kind("solution").exists()


def _again(batch: ImportBatch) -> ImportBatch:
    """The same file, uploaded once more."""
    return ImportBatch.objects.create(
        file=batch.file, filename=batch.filename, detected=batch.detected, made_by=batch.made_by
    )
