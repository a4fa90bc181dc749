"""The page of an encounter for visitors: nothing on it is about anybody, so that a crowd shares one page."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.share.factories import event, member

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "fields",
    [
        {"starts": timedelta(days=3)},
        {"starts": timedelta(minutes=-30)},
        {"starts": timedelta(days=3), "registration_closes_at": timedelta(days=-1)},
        {"starts": timedelta(days=3), "registration_opens_at": timedelta(days=1)},
        {"starts": timedelta(days=-3)},
    ],
    ids=["open", "under way", "closed", "not yet", "past"],
)
def test_a_visitor_is_given_no_form_and_no_cookie(fields):
    moments = {name: timezone.now() + since for name, since in fields.items()}
    page = event(**moments).get_absolute_url()
    answer = Client().get(page)
    assert answer.status_code == 200
    assert not answer.cookies
    assert 'name="quiero"' not in answer.content.decode()


def test_a_member_can_still_say_that_it_interests_her_when_registration_is_closed(client):
    client.force_login(member())
    page = event(starts=timezone.now() - timedelta(minutes=30)).get_absolute_url()
    assert 'value="interes"' in client.get(page).content.decode()
