"""Importing the real registers that REAL_DATA names."""

from pathlib import Path

import pytest

from portal.places.models import Country, Municipality
from portal.places.services.registers import ImportReport, municipalities_import
from portal.places.starter import load_places

pytestmark = [pytest.mark.django_db, pytest.mark.realdata]

CLEANED = "gobiernos_locales.csv"
AS_PUBLISHED = "refeglo_sin_autoridades_ni_telefonos.csv"
CENSUS = "c2022_tp_gobierno_local_c1.xlsx"


@pytest.fixture
def folder(real_data: Path) -> Path:
    load_places()
    return real_data / "municipalities"


def run(path: Path) -> ImportReport:
    report = municipalities_import(file=path, country=Country.objects.get(code="AR"))
    assert report.accounted_for == report.read
    return report


def test_the_cleaned_register_is_read_whole_and_twice_changes_nothing(folder: Path) -> None:
    report = run(folder / CLEANED)
    assert (report.read, report.changes, report.refused) == (2328, 2328, [])
    assert (report.created, report.attached) == (1410, 918)
    again = run(folder / CLEANED)
    assert (again.changes, again.unchanged) == (0, 2328)
    assert Municipality.objects.known_to("indec").filter(population=None).count() == 24


def test_the_published_register_is_repaired_and_lies_within_argentina(folder: Path) -> None:
    report = run(folder / AS_PUBLISHED)
    assert report.is_swapped_throughout
    assert report.repairs["swapped_coordinates"] == 2304
    assert report.repairs["lost_zeros"] == 135
    assert (report.read, report.changes) == (2304, 2304)
    argentina = Country.objects.get(code="AR")
    known = Municipality.objects.known_to("indec")
    assert known.count() == 2304
    assert all(argentina.may_hold(town.latitude, town.longitude) for town in known)
    assert known.values("category").distinct().count() == 17


def test_the_published_register_meets_every_municipality_of_the_cleaned_one(folder: Path) -> None:
    run(folder / CLEANED)
    report = run(folder / AS_PUBLISHED)
    assert (report.created, report.attached) == (0, 0)
    assert report.updated + report.unchanged == 2304


def test_the_census_refuses_what_is_no_government_and_meets_the_rest(folder: Path) -> None:
    run(folder / CLEANED)
    report = run(folder / CENSUS)
    assert len(report.refused) == 11
    assert all("no es un gobierno local" in problem.reason for problem in report.refused)
    assert len(report.set_aside) == 2
    assert (report.created, report.attached) == (0, 0)
    assert report.updated + report.unchanged == 2280
    assert report.error_workbook.startswith(b"PK")
    assert run(folder / CENSUS).changes == 0


def test_the_census_alone_is_read_with_its_year(folder: Path) -> None:
    report = run(folder / CENSUS)
    assert report.created == 2280
    years = Municipality.objects.known_to("indec").values_list("population_year", flat=True)
    assert set(years) == {2022}
