"""Invented people: believable to a newcomer, marked as what they are, and gone again when asked."""

import pytest

from connect.models import DirectoryCount, DirectoryEntry, Profile
from connect.samples import create_samples, people_generate, people_remove_generated, remove_samples
from connect.samples.people import ACCOUNTS, OTHERS
from portal.accounts.models import User
from portal.core.starter import SampleWish
from portal.facets.addends import addends_summed
from portal.topics.models import Topic
from portal.topics.starter import load_topics
from tests.connect.factories import listed
from tests.portal.accounts_factories import MembershipFactory, UserFactory
from tests.portal.places_factories import MunicipalityFactory
from tests.portal.topics_factories import PolicyAreaFactory, TopicFactory

pytestmark = pytest.mark.django_db


def test_sample_people_fill_the_directory_once_and_leave_nobody_behind():
    own = listed("Persona Verdadera")
    for name in {sample.town for sample in OTHERS}:
        MunicipalityFactory(name=name)
    account = UserFactory(email=ACCOUNTS[0].email, is_sample=True)
    MembershipFactory(user=account)
    assert create_samples()
    assert create_samples() == ""
    rows = DirectoryEntry.objects.exclude(user=own)
    assert rows.filter(audience="members").count() == len(OTHERS) + 1
    assert rows.filter(audience="public").exists()
    assert not rows.filter(is_sample=False).exists()
    assert all("Muestra" in name for name in rows.exclude(user=account).values_list("name", flat=True))
    assert remove_samples() == len(OTHERS) + 1
    assert list(DirectoryEntry.objects.values_list("user_id", flat=True)) == [own.pk]
    assert User.objects.samples().get() == account


def test_what_sample_people_offer_and_seek_are_topics_that_there_are_and_meet():
    load_topics()
    known = set(Topic.objects.values_list("slug", flat=True))
    offered = {slug for sample in (*ACCOUNTS, *OTHERS) for slug in sample.offer_topics}
    sought = {slug for sample in (*ACCOUNTS, *OTHERS) for slug in sample.seek_topics}
    assert offered | sought <= known
    assert len(sought & offered) > len(sought) / 2


def test_any_number_of_people_can_be_made_continued_and_removed():
    PolicyAreaFactory(slug="ambiente")
    TopicFactory(slug="compost")
    MunicipalityFactory()
    own = listed("Persona Verdadera")
    assert list(people_generate(SampleWish(count=5)))[-1] == 5
    assert list(people_generate(SampleWish(count=8)))[-1] == 8
    assert Profile.objects.filter(user__is_sample=True).count() == 8
    assert DirectoryEntry.objects.filter(audience="members", is_sample=True).count() == 8
    assert addends_summed(DirectoryCount)["members|all"] == 9
    assert people_remove_generated() == 8
    assert list(User.objects.all()) == [own]
