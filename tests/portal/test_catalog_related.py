"""Things that are about the same: which come first, and what it costs to find them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from portal.catalog import querysets
from portal.catalog.models import Entry
from portal.catalog.panels import related_with_reasons
from tests.portal.catalog_factories import EntryFactory
from tests.portal.places_factories import CountryFactory
from tests.portal.topics_factories import PolicyAreaFactory, TopicFactory

pytestmark = pytest.mark.django_db
FIRST_DAY = datetime(2026, 1, 1, tzinfo=UTC)


def titles(entry: Entry) -> list[str]:
    return [other.title for other in Entry.objects.related_to(entry)]


def on_day(day: int, **fields: object) -> Entry:
    return EntryFactory(published_at=FIRST_DAY + timedelta(days=day), **fields)


def test_more_shared_topics_come_first_then_the_same_country_then_the_newest() -> None:
    here, there = CountryFactory(code="AR"), CountryFactory(code="ES")
    entry = on_day(1, areas=["salud"], topics=["aps", "vacunas"], country=here)
    on_day(2, title="un tema, lejos, viejo", topics=["aps"], country=there)
    on_day(3, title="un tema, lejos, nuevo", topics=["aps"], country=there)
    on_day(4, title="un tema, cerca", topics=["vacunas"], country=here)
    on_day(5, title="los dos temas", topics=["aps", "vacunas"], country=there)
    on_day(6, title="el área, cerca", areas=["salud"], country=here)
    on_day(7, title="el área, lejos", areas=["salud"], country=there)
    on_day(8, title="nada", areas=["ambiente"], topics=["arbolado"], country=here)
    assert titles(entry) == [
        "los dos temas",
        "un tema, cerca",
        "un tema, lejos, nuevo",
        "un tema, lejos, viejo",
        "el área, cerca",
        "el área, lejos",
    ]


def test_only_the_newest_of_each_way_of_sharing_are_compared(monkeypatch) -> None:
    monkeypatch.setattr(querysets, "COMPARED", 2)
    entry = on_day(0, areas=["salud"], topics=["aps", "vacunas"])
    on_day(1, title="los dos temas, viejo", areas=["salud"], topics=["aps", "vacunas"])
    for day in range(2, 8):
        on_day(day, title=f"un tema {day}", areas=["salud"], topics=["aps"])
    on_day(8, title="el área 8", areas=["salud"])
    on_day(9, title="el área 9", areas=["salud"])
    assert titles(entry) == ["los dos temas, viejo", "un tema 7", "un tema 6", "el área 9", "el área 8"]


def test_others_that_one_may_not_read_or_did_not_ask_for_take_nobodys_place(monkeypatch) -> None:
    monkeypatch.setattr(querysets, "COMPARED", 1)
    area = PolicyAreaFactory(slug="salud", name_es="Salud")
    entry = on_day(0, areas=[area.slug])
    on_day(1, title="para todas", areas=[area.slug])
    on_day(2, title="para la red", areas=[area.slug], visibility="members")
    on_day(3, title="un cuestionario", areas=[area.slug], kind="questionnaire")
    found = related_with_reasons(AnonymousUser(), entry)
    assert [(other.title, reason) for other, reason in found] == [("para todas", "Misma área: Salud")]


def test_the_reason_names_the_topic_and_the_country() -> None:
    topic = TopicFactory(slug="aps", name_es="Atención primaria")
    country = CountryFactory(code="AR")
    entry = on_day(0, topics=[topic.slug], country=country)
    on_day(1, topics=[topic.slug], country=country)
    (_other, reason) = related_with_reasons(AnonymousUser(), entry)[0]
    assert reason == "Mismo tema: Atención primaria · mismo país"


def test_what_has_neither_area_nor_topic_is_like_nothing() -> None:
    entry = on_day(0)
    on_day(1, areas=["salud"])
    on_day(2)
    assert titles(entry) == []


def test_it_is_one_question_however_many_there_are(django_assert_num_queries) -> None:
    entry = on_day(0, areas=["salud"], topics=["aps"])
    related_with_reasons(AnonymousUser(), entry)
    for day in range(1, 15):
        on_day(day, areas=["salud"], topics=["aps"])
    with django_assert_num_queries(1):
        assert len(related_with_reasons(AnonymousUser(), entry, 5)) == 5
