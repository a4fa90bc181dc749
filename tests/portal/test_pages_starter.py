import pytest
from django.conf import LazySettings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from inspire.models import Solution
from portal.accounts.models import User
from portal.pages.models import StarterLoad
from portal.pages.services import samples_create, starter_load
from portal.places.models import Municipality
from portal.topics.models import PolicyArea, Topic
from portal.topics.starter import load_topics

pytestmark = pytest.mark.django_db


def test_areas_and_topics_are_loaded_and_loaded_again_without_change() -> None:
    load_topics()
    counts = (PolicyArea.objects.count(), Topic.objects.count())
    load_topics()
    assert counts == (PolicyArea.objects.count(), Topic.objects.count())
    assert counts[0] == 11


def test_samples_are_never_made_under_production_settings(settings: LazySettings) -> None:
    settings.SAMPLES_ALLOWED = False
    with pytest.raises(ImproperlyConfigured, match="producción"):
        list(samples_create())


def test_the_starter_loads_everything_once_and_samples_go_with_one_command() -> None:
    call_command("load_starter", verbosity=0)
    assert Solution.objects.filter(source="starter").count() == 60
    assert Municipality.objects.count() > 30_000
    assert User.objects.filter(is_sample=True).exists()
    assert list(starter_load()) == []
    assert StarterLoad.objects.count() >= 4
    call_command("remove_samples", verbosity=0)
    assert not User.objects.filter(is_sample=True).exists()
    assert Solution.objects.filter(source="starter").count() == 60
