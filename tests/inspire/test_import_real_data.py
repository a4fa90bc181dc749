"""The real open data: six collections of four countries, with the faults that real files have."""

import csv
from pathlib import Path

import pytest

from inspire.models import Solution
from inspire.services import solutions_import
from portal.catalog.models import Entry
from portal.core.tabular import open_table
from portal.places.starter import load_places
from portal.topics.starter import load_topics

pytestmark = [pytest.mark.realdata, pytest.mark.django_db]


def test_the_whole_file_is_in_and_every_row_accounted_for(real_data: Path, client) -> None:
    load_places()
    load_topics()
    file = real_data / "solutions" / "solutions_open.csv"
    with open_table(file) as table:
        report = solutions_import(table=table)
    with file.open(encoding="utf-8", newline="") as text:
        rows = list(csv.DictReader(text))
    whole_pairs = [row for row in rows if row["lat"] and row["lon"]]

    assert (report.read, report.created, report.refused) == (len(rows), len(rows), []) == (3333, 3333, [])
    # One pair has latitude and longitude the wrong way round and is left out, with a remark.
    assert report.positioned == len(whole_pairs) - 1 == 1612
    assert [problem.row for problem in report.remarks if "invertidas" in problem.reason] == [148]
    assert Entry.objects.of_kind("solution").count() == 3333
    assert report.in_known_municipality > 3300
    assert report.repaired >= 90
    assert sum(report.unknown_topics.values()) < 20
    assert not Solution.objects.filter(title__contains="â€").exists()
    assert not Solution.objects.filter(summary__contains="äó").exists()

    data = client.get("/inspirarme/mapa.json").json()
    assert sum(feature["properties"]["count"] for feature in data["features"]) == data["total"] == 1612

    with open_table(file) as table:
        again = solutions_import(table=table)
    assert (again.created, again.updated, again.unchanged) == (0, 0, 3333)
