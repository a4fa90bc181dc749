from dataclasses import asdict

import pytest

from inspire.entries import drafts_of
from inspire.record import SolutionRecord
from inspire.services import solutions_upsert
from portal.catalog.models import Entry
from tests.portal.places_factories import CountryFactory, MunicipalityFactory
from tests.portal.topics_factories import PolicyAreaFactory, TopicFactory

pytestmark = pytest.mark.django_db


def test_a_bulk_tells_the_catalogue_word_for_word_what_one_solution_does() -> None:
    CountryFactory()
    plain = SolutionRecord(
        source="a", source_id="1", slug="uno", title="Uno", country_id="AR", results="Sólo eso."
    )
    full = SolutionRecord(
        source="a", source_id="2", slug="dos", title="Dos", country_id="AR", summary="S", what_was_done="W",
        results="R", language="es", municipality_id=MunicipalityFactory().pk, place_name="Barrio", latitude=-36.0,
        longitude=-60.0, position_precision="exact", tags=["t"], is_sample=True,
        areas=[PolicyAreaFactory().slug, PolicyAreaFactory().slug], topics=[TopicFactory().slug],
        translations={"en": {"title": "Two", "results": "X", "what_was_done": "Y"}, "pt": {"summary": "Resumo"}},
    )  # fmt: skip
    done = solutions_upsert(records=[plain, full])
    drafts = {draft.object_id: asdict(draft) for draft in drafts_of(done.created)}
    assert len(drafts) == 2
    for entry in Entry.objects.all():
        said = drafts[entry.object_id]
        assert {name: getattr(entry, name) for name in said} == said
