from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.catalog import services
from portal.catalog.kinds import EntryDraft, EntryKind
from portal.catalog.models import Entry
from portal.catalog.services import (
    catalog_rebuild,
    entries_publish,
    entry_publish,
    entry_withdraw,
)
from portal.core.registry import Registry
from portal.core.visitor_cache import GENERATION_KEY
from tests.portal.catalog_factories import EntryFactory
from tests.portal.places_factories import CountryFactory, MunicipalityFactory

pytestmark = pytest.mark.django_db

DAY = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)
DRAFT_FIELDS = list(EntryDraft.__dataclass_fields__)
# What each field of `whole_draft` is changed to.
CHANGES = [
    ("url", "/obras/uno/"),
    ("title", "Parque"),
    ("published_at", DAY + timedelta(days=1)),
    ("summary", ""),
    ("body", "Se plantaron doscientos."),
    ("language", "es"),
    ("translations", {"en": {"title": "Park", "summary": 'Says "trees"'}}),
    ("country_id", None),
    ("municipality_id", None),
    ("place_name", ""),
    ("areas", ["obras", "ambiente"]),
    ("topics", []),
    ("tags", ["plaza", "con coma"]),
    ("people", [7, 9]),
    ("visibility", "public"),
    ("latitude", None),
    ("longitude", -59.12),
    ("is_sample", False),
]


def draft(number: int = 1, **fields: Any) -> EntryDraft:
    plain = {"kind": "obra", "object_id": number, "url": f"/obras/{number}/", "title": f"Plaza {number}"}
    return EntryDraft(**(plain | {"published_at": DAY} | fields))


def whole_draft() -> EntryDraft:
    town = MunicipalityFactory()
    return draft(
        summary="Árboles\ny «bancos»; con \\ y tabulador\t",
        body="Se plantaron cien.",
        language="pt",
        translations={"en": {"title": "Square", "summary": 'Says "trees"'}},
        country_id=town.country_id,
        municipality_id=town.pk,
        place_name="Tandil",
        areas=["ambiente", "obras"],
        topics=["arbolado"],
        tags=["plaza, con coma", "{llaves}"],
        people=[3, 7],
        visibility=Entry.Visibility.MEMBERS,
        latitude=-37.32,
        longitude=-59.13,
        is_sample=True,
    )


def stored() -> dict[tuple[str, int], EntryDraft]:
    rows = Entry.objects.values(*DRAFT_FIELDS)
    return {(row["kind"], row["object_id"]): EntryDraft(**row) for row in rows}


def versions() -> list[tuple[int, str]]:
    """Return where each row lies: rewriting it moves it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, ctid::text FROM catalog_entry ORDER BY id")
        return list(cursor.fetchall())


@pytest.fixture
def forgotten(django_capture_on_commit_callbacks: Any) -> Callable[[Callable[[], object]], bool]:
    """Say whether some work made the kept pages unreachable."""

    def after(work: Callable[[], object]) -> bool:
        before = cache.get(GENERATION_KEY, 0)
        with django_capture_on_commit_callbacks(execute=True):
            work()
        return bool(cache.get(GENERATION_KEY, 0) > before)

    return after


@pytest.fixture
def kinds(monkeypatch: pytest.MonkeyPatch) -> Registry[EntryKind]:
    """A registry of this test alone."""
    registry: Registry[EntryKind] = Registry("kinds of a test")
    monkeypatch.setattr(services, "entry_kinds", registry)
    return registry


def kind(name: str, *drafts: EntryDraft) -> EntryKind:
    return EntryKind(id=name, label=name, label_plural=name, function="inspire", drafts=lambda: iter(drafts))


def test_what_is_published_is_in_the_catalogue_as_its_owner_says() -> None:
    whole = whole_draft()
    assert entries_publish(drafts=[whole, draft(2)]) == 2
    assert stored() == {("obra", 1): whole, ("obra", 2): draft(2)}
    assert Entry.objects.matching("arboles").get().object_id == 1


def test_publishing_the_same_again_writes_nothing() -> None:
    drafts = [whole_draft(), draft(2)]
    entries_publish(drafts=drafts)
    before = versions()
    assert entries_publish(drafts=drafts) == 0
    assert versions() == before


@pytest.mark.parametrize(("field", "value"), CHANGES)
def test_a_change_of_any_field_is_written_and_only_that_row(field: str, value: object) -> None:
    whole, other = whole_draft(), draft(2)
    entries_publish(drafts=[whole, other])
    changed = replace(whole, **{field: value})
    keys = dict(Entry.objects.values_list("object_id", "pk"))
    assert entries_publish(drafts=[changed, other]) == 1
    assert stored() == {("obra", 1): changed, ("obra", 2): other}
    assert dict(Entry.objects.values_list("object_id", "pk")) == keys


def test_every_field_that_a_draft_has_is_changed_above() -> None:
    assert {field for field, _value in CHANGES} == set(DRAFT_FIELDS) - {"kind", "object_id"}


def test_the_search_follows_a_change() -> None:
    entries_publish(drafts=[draft(title="Plaza")])
    entries_publish(drafts=[draft(title="Biblioteca")])
    assert not Entry.objects.matching("plaza").exists()
    assert Entry.objects.matching("biblioteca").exists()


def test_a_phrase_is_found_however_its_accents_were_typed() -> None:
    entries_publish(drafts=[draft(body="Gestión pública de residuos en jardín y plaza")])
    for phrase in ('"gestión pública"', '"gestion publica"', '"publica de residuos"'):
        assert Entry.objects.matching(phrase).exists(), phrase
    assert not Entry.objects.matching('"residuos de gestion"').exists()


def test_a_text_with_accents_ranks_no_higher_than_one_without() -> None:
    entries_publish(drafts=[draft(1, title="Plaza céntrica"), draft(2, title="Plaza central")])
    first, second = Entry.objects.matching("plaza")
    assert first.rank == pytest.approx(second.rank, rel=0.1)


def test_things_of_two_kinds_may_have_one_number() -> None:
    entries_publish(drafts=[draft(1), draft(1, kind="curso")])
    assert set(stored()) == {("obra", 1), ("curso", 1)}


def test_nothing_is_published_when_a_draft_cannot_be_made() -> None:
    def broken() -> Iterator[EntryDraft]:
        yield draft(1)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        entries_publish(drafts=broken())
    assert not Entry.objects.exists()


def test_drafts_may_ask_the_database_while_they_are_made() -> None:
    CountryFactory()
    entries_publish(drafts=(draft(number, country_id=CountryFactory().code) for number in range(3)))
    assert Entry.objects.filter(country_id="AR").count() == 3


@pytest.mark.parametrize("is_again", [False, True], ids=["new", "unchanged"])
def test_a_thousand_drafts_cost_as_many_queries_as_one(is_again: bool) -> None:
    def queries(count: int) -> int:
        drafts = [draft(number) for number in range(count)]
        if is_again:
            entries_publish(drafts=drafts)
        with CaptureQueriesContext(connection) as captured:
            entries_publish(drafts=drafts)
        return len(captured)

    assert queries(1) == queries(1000) <= 8


def test_kept_pages_are_forgotten_when_the_catalogue_changed(forgotten: Callable) -> None:
    assert forgotten(lambda: entries_publish(drafts=[draft()]))
    assert not forgotten(lambda: entries_publish(drafts=[draft()]))
    assert not forgotten(lambda: entries_publish(drafts=[]))
    assert forgotten(lambda: entry_withdraw(kind="obra", object_ids=[1]))
    assert not forgotten(lambda: entry_withdraw(kind="obra", object_ids=[1]))


def test_kept_pages_are_forgotten_when_an_owner_saved_what_the_catalogue_does_not_tell(
    forgotten: Callable,
) -> None:
    assert forgotten(lambda: entry_publish(draft=draft()))
    assert forgotten(lambda: entry_publish(draft=draft()))
    assert stored() == {("obra", 1): draft()}


def test_what_is_withdrawn_is_gone_and_nothing_else() -> None:
    entries_publish(drafts=[draft(1), draft(2), draft(1, kind="curso")])
    assert entry_withdraw(kind="obra", object_ids=[1, 7]) == 1
    assert set(stored()) == {("obra", 2), ("curso", 1)}


def test_a_rebuild_restores_what_the_owners_have_and_takes_out_the_rest(kinds: Registry[EntryKind]) -> None:
    whole, second, course = whole_draft(), draft(2), draft(9, kind="curso")
    kinds.register(kind("obra", whole, second))
    kinds.register(kind("curso", course))
    kinds.register(kind("vacía"))
    assert catalog_rebuild() == {"obra": 2, "curso": 1, "vacía": 0}
    exact = stored()
    assert exact == {("obra", 1): whole, ("obra", 2): second, ("curso", 9): course}

    Entry.objects.filter(object_id=1).update(title="Estropeada", areas=[])
    Entry.objects.filter(object_id=9).delete()
    EntryFactory(kind="obra", object_id=77)
    EntryFactory(kind="vacía", object_id=2)
    EntryFactory(kind="de una aplicación que ya no está", object_id=1)
    assert catalog_rebuild() == {"obra": 2, "curso": 1, "vacía": 0}
    assert stored() == exact


def test_a_rebuild_of_a_true_catalogue_rewrites_nothing(kinds: Registry[EntryKind]) -> None:
    kinds.register(kind("obra", draft(1), draft(2)))
    catalog_rebuild()
    before = versions()
    catalog_rebuild()
    assert versions() == before
