"""Encounters and conversations are found by what their municipalities are now."""

import pytest
from celery import current_app

from portal.core.events import announce, municipalities_changed
from portal.facets.addends import addends_summed
from share.models import ListCount
from share.services.facet_keys import facet_keys_refresh
from tests.portal.places_factories import MunicipalityFactory
from tests.share.factories import event, thread

pytestmark = pytest.mark.django_db


def test_a_town_that_grew_moves_what_it_made_to_its_band():
    town = MunicipalityFactory(population=18_000)
    visit, question = event(municipality=town), thread(municipality=town)
    event(municipality=None)
    type(town).objects.filter(pk=town.pk).update(population=60_000)
    assert facet_keys_refresh() == 2
    visit.refresh_from_db()
    question.refresh_from_db()
    assert "population:3" in visit.facet_keys
    assert "population:3" in question.facet_keys
    counts = addends_summed(ListCount, beginning="members|")
    assert (counts.get("population:2", 0), counts["population:3"]) == (0, 1)


def test_a_change_of_places_is_enough(django_capture_on_commit_callbacks):
    town = MunicipalityFactory(population=18_000)
    question = thread(municipality=town)
    type(town).objects.filter(pk=town.pk).update(population=60_000)
    current_app.conf.task_always_eager = True
    try:
        with django_capture_on_commit_callbacks(execute=True):
            announce(municipalities_changed)
    finally:
        current_app.conf.task_always_eager = False
    question.refresh_from_db()
    assert "population:3" in question.facet_keys
