"""The proof of leaving: after an erasure no personal field is left, in any row of any table and in any file."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.core.files.storage import default_storage
from django.db import connection, models
from psycopg.sql import SQL, Identifier

from portal.accounts.models import User
from portal.accounts.personal_data import declared_personal_fields
from portal.accounts.services import account_erase
from portal.catalog.models import Entry
from portal.files.models import StoredFile
from tests.portal.leaving.scene import HER_KEY, MARK
from tests.portal.leaving_scene import FILLERS, whole_scene

pytestmark = pytest.mark.django_db
PAGE = Path(__file__).parents[2] / "docs" / "data-protection.md"
# Declared, and not hers by her account: they end with time.
NOT_BY_ACCOUNT = {("inspire.ImportedRow", "record"), ("inspire.ImportNote", "reason")}


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


def columns() -> Iterator[tuple[str, list[str]]]:
    """Yield every table with its columns."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, array_agg(column_name::text) FROM information_schema.columns "
            "WHERE table_schema = current_schema() AND table_name IN "
            "(SELECT table_name FROM information_schema.tables WHERE table_type = 'BASE TABLE') GROUP BY 1 ORDER BY 1"
        )
        yield from cursor.fetchall()


def places_of(text: str) -> set[str]:
    """Return the columns ("table.column") in which any row holds a text, in whatever form the column keeps it."""
    found = set()
    with connection.cursor() as cursor:
        for table, names in columns():
            tests = SQL(", ").join(
                SQL("bool_or({}::text ILIKE %s)").format(Identifier(name)) for name in names
            )
            cursor.execute(
                SQL("SELECT {} FROM {}").format(tests, Identifier(table)), [f"%{text}%"] * len(names)
            )
            found |= {
                f"{table}.{name}" for name, holds in zip(names, cursor.fetchone(), strict=True) if holds
            }
    return found


def places_where_the_page_says_the_key_stays() -> set[str]:
    """Read the list of the data-protection page."""
    section = PAGE.read_text(encoding="utf-8").split("## Where the key of an erased account stays")[1]
    return set(re.findall(r"^- `(\w+\.\w+)`", section.split("\n## ")[0], re.MULTILINE))


def test_every_declared_model_has_a_filler() -> None:
    assert set(FILLERS) == set(declared_personal_fields()), "tests/portal/leaving: add or remove a filler"


def test_the_scene_fills_every_declared_field_with_something_of_hers() -> None:
    whole_scene()
    marked = places_of(MARK)
    empty = []
    for label, fields in declared_personal_fields().items():
        model = apps.get_model(label)
        for field in (model._meta.get_field(name) for name in fields):
            if (label, field.name) in NOT_BY_ACCOUNT or label == "sessions.Session":
                continue
            if field.is_relation and field.related_model is User and not field.many_to_many:
                is_filled = model.objects.filter(**{field.name: HER_KEY}).exists()
            elif _is_text(field):
                is_filled = f"{model._meta.db_table}.{field.column}" in marked
            else:
                is_filled = model.objects.exists()
            if not is_filled:
                empty.append(f"{label}.{field.name}")
    assert empty == []


def _is_text(field: models.Field) -> bool:
    """Say whether a field holds her own words, rather than one of the portal's."""
    if not isinstance(field, models.CharField | models.TextField) or field.choices:
        return False
    return field.name not in {"time_zone", "former_of", "password"}


def test_after_leaving_nothing_of_hers_is_left_but_her_key_where_the_page_says(
    django_capture_on_commit_callbacks,
) -> None:
    scene = whole_scene()
    assert places_of(MARK)
    with django_capture_on_commit_callbacks(execute=True):
        account_erase(user=scene.her, actor=scene.staff)
    assert places_of(MARK) == set()
    assert not [row for row in Session.objects.all() if row.get_decoded().get(SESSION_KEY) == str(HER_KEY)]
    kept = [default_storage.open(name).read() for name in all_files()]
    assert not [content for content in kept if MARK.encode() in content]
    assert not StoredFile.objects.filter(uploaded_by=HER_KEY).exists()
    unexpected = places_of(str(HER_KEY)) - places_where_the_page_says_the_key_stays()
    assert not unexpected, ", ".join(sorted(unexpected))


def all_files(folder: str = "") -> Iterator[str]:
    """Yield the name of every stored file."""
    folders, files = default_storage.listdir(folder)
    yield from (f"{folder}/{name}".lstrip("/") for name in files)
    for inner in folders:
        yield from all_files(f"{folder}/{inner}".lstrip("/"))


def test_the_municipality_keeps_what_is_its_own_under_a_former_official() -> None:
    scene = whole_scene()
    account_erase(user=scene.her, actor=scene.staff)
    her = User.objects.get(pk=HER_KEY)
    assert str(her) == her.get_full_name() == "Ex integrante de Rafaela"
    entry = Entry.objects.get(pk=scene.entry.pk)
    assert (entry.title, entry.municipality, entry.people) == ("Compost en Rafaela", scene.town, [])
    scene.town_check.refresh_from_db()
    assert scene.town_check.answers.get(path="residuos.separa").value == "si"
    assert scene.town_check.evidence.get().title == "Ordenanza"
    assert scene.solution.__class__.objects.filter(pk=scene.solution.pk).exists()
    scene.membership.refresh_from_db()
    assert (scene.membership.municipality, scene.membership.status) == (scene.town, "left")
