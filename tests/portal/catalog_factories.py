"""Catalogue entries for tests."""

from datetime import UTC, datetime

import factory

from portal.catalog.models import Entry


class EntryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Entry

    kind = "solution"
    object_id = factory.Sequence(lambda number: number + 1)
    title = factory.Sequence(lambda number: f"Entrada {number}")
    url = factory.LazyAttribute(lambda entry: f"/ejemplo/{entry.object_id}/")
    published_at = datetime(2026, 3, 1, tzinfo=UTC)
