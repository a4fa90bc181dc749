"""What each reader of the API finds of an encounter, and taking a place that is kept for her."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from share.models import Registration
from tests.portal.accounts_factories import MembershipFactory, UserFactory
from tests.share.factories import event, member, registered

pytestmark = pytest.mark.django_db
PATH = "/api/v1/events/"
LINK = "https://reunion.example.org/secreto"


def signed_in(user) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def test_the_link_is_told_to_who_goes_or_organises_and_to_nobody_else():
    organiser = member()
    made = event(organiser=organiser, link=LINK, link_note="clave 77", visibility="public")
    going = registered(made).user
    former = registered(made, MembershipFactory(left=True).user).user
    waiting = registered(made, member(), "waiting", place=1).user
    interested = registered(made, member(), "interested").user
    for reader in (going, organiser):
        assert signed_in(reader).get(f"{PATH}{made.pk}/").json()["own"]["link"] == LINK
    for reader in (None, former, waiting, interested, member(), UserFactory()):
        for path in (PATH, f"{PATH}{made.pk}/"):
            told = signed_in(reader).get(path).content.decode()
            assert "secreto" not in told and "clave 77" not in told


def test_what_is_for_members_or_not_announced_is_there_for_those_who_read_it_only():
    organiser = member()
    inside = event(visibility="members")
    draft = event(organiser=organiser, status="draft", published_at=None)
    hidden = event(hidden_at=timezone.now())
    former = MembershipFactory(left=True).user
    found = {
        None: [404, 404, 404], former: [404, 404, 404], UserFactory(): [404, 404, 404],
        member(): [200, 404, 404], organiser: [200, 200, 404], UserFactory(staff=True): [200, 200, 200],
    }  # fmt: skip
    for reader, expected in found.items():
        client = signed_in(reader)
        answers = [client.get(f"{PATH}{one.pk}/").status_code for one in (inside, draft, hidden)]
        assert answers == expected
        listed = [one["id"] for one in client.get(PATH).json()["results"]]
        assert listed == ([inside.pk] if expected[0] == 200 else [])


def test_a_place_that_is_kept_for_her_is_taken_or_given_back():
    for wanted, becomes in (("going", "going"), ("not_going", "not_going")):
        made = event(capacity=1)
        kept = timezone.now() + timedelta(hours=5)
        row = registered(made, member(), "offered", place=1, offered_at=timezone.now(), offer_expires_at=kept)
        client = signed_in(row.user)
        assert client.get(f"{PATH}{made.pk}/").json()["own"]["offer_expires_at"]
        path = f"{PATH}{made.pk}/registration/"
        answer = client.post(path, {"wanted": wanted}, content_type="application/json")
        assert (answer.status_code, answer.json()["own"]["status"]) == (200, becomes)
        assert Registration.objects.get(pk=row.pk).status == becomes
