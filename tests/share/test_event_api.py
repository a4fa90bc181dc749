"""Encounters for partner systems."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from share.models import Registration, RegistrationQuestion, Session
from tests.portal.accounts_factories import MembershipFactory, UserFactory
from tests.share.factories import event, member, registered

pytestmark = pytest.mark.django_db
PATH = "/api/v1/events/"


def address(made) -> str:
    return f"{PATH}{made.pk}/"


def test_the_list_has_the_filters_the_count_and_the_order_of_the_page(client):
    event(title="visita", kind="visit", starts=timezone.now() + timedelta(days=3))
    event(title="antes", starts=timezone.now() + timedelta(days=1))
    event(title="ayer", starts=timezone.now() - timedelta(days=1))
    event(title="de la red", visibility="members")
    told = client.get(PATH).json()
    assert [one["title"] for one in told["results"]] == ["antes", "visita"]
    assert (told["count"], told["count_is_least"]) == (2, False)
    assert [one["title"] for one in client.get(f"{PATH}?kind=visit").json()["results"]] == ["visita"]
    assert [one["title"] for one in client.get(f"{PATH}?cuando=pasados").json()["results"]] == ["ayer"]
    first = client.get(f"{PATH}?page_size=1").json()
    assert [one["title"] for one in client.get(first["next"]).json()["results"]] == ["visita"]
    assert client.get(f"{PATH}?cursor=x").status_code == 404


def test_an_event_is_told_with_its_agenda_and_its_places_and_without_its_link(client):
    made = event(
        capacity=3,
        link="https://reunion.example.org/secreto",
        starts=datetime(2027, 5, 3, 14, 0, tzinfo=UTC),
        time_zone="America/Santiago",
    )
    Session.objects.create(event=made, begins_after=30, minutes=30, title="Segunda parte")
    going = registered(made).user
    told = client.get(address(made)).json()
    assert (told["starts_at"], told["time_zone"]) == ("2027-05-03T10:00-04:00", "America/Santiago")
    assert told["sessions"][0]["starts_at"] == "2027-05-03T10:30-04:00"
    assert told["places"] == {"capacity": 3, "left": 2, "waiting": 0}
    assert told["own"] is None
    assert "secreto" not in str(told)
    client.force_login(going)
    assert client.get(address(made)).json()["own"]["link"] == made.link


def test_what_did_not_change_is_not_sent_again(client):
    made = event()
    for path in (PATH, address(made)):
        etag = client.get(path).headers["ETag"]
        assert client.get(path, headers={"If-None-Match": etag}).status_code == 304
    registered(made)
    assert client.get(address(made), headers={"If-None-Match": etag}).status_code in (200, 304)


def test_a_member_registers_and_takes_it_back_and_a_full_event_gives_her_a_number(client):
    made = event(capacity=1)
    reader = member()
    client.force_login(reader)
    told = client.post(f"{address(made)}registration/", {}, content_type="application/json").json()
    assert told["own"]["status"] == "going"
    assert told["places"]["left"] == 0
    second = member()
    client.force_login(second)
    told = client.post(
        f"{address(made)}registration/", {"wanted": "going"}, content_type="application/json"
    ).json()
    assert (told["own"]["status"], told["own"]["number_in_line"]) == ("waiting", 1)
    client.force_login(reader)
    told = client.delete(f"{address(made)}registration/").json()
    assert told["own"]["status"] == "not_going"
    assert Registration.objects.get(user=second).status == "offered"


def test_what_has_to_be_answered_is_asked_for(client):
    made = event()
    question = RegistrationQuestion.objects.create(
        event=made, text="¿Venís?", kind="yes_no", is_required=True
    )
    client.force_login(member())
    path = f"{address(made)}registration/"
    refused = client.post(path, {}, content_type="application/json")
    assert (refused.status_code, list(refused.json()["answers"])) == (400, [str(question.pk)])
    taken = client.post(path, {"answers": {str(question.pk): True}}, content_type="application/json")
    assert taken.status_code == 200
    assert Registration.objects.get().answers == {str(question.pk): True}


@pytest.mark.parametrize("body", [{"wanted": "x"}, {"answers": 3}, {"answers": {"1": {"a": 1}}}, [], "x"])
def test_nonsense_registers_nobody(client, body):
    made = event()
    RegistrationQuestion.objects.create(event=made, text="¿Qué?", is_required=True)
    client.force_login(member())
    answer = client.post(f"{address(made)}registration/", body, content_type="application/json")
    assert answer.status_code == 400
    assert not Registration.objects.exists()


def test_who_may_not_register_is_told_why(client):
    made = event()
    path = f"{address(made)}registration/"
    hers = event(visibility="members")
    for reader, expected in ((None, 403), (UserFactory(), 403), (MembershipFactory(left=True).user, 403)):
        client.logout()
        if reader:
            client.force_login(reader)
        refused = client.post(path, {}, content_type="application/json")
        assert refused.status_code == expected
        assert refused.json()["detail"]
        assert client.get(address(hers)).status_code == 404
    client.force_login(member())
    over = event(starts=timezone.now() - timedelta(days=2))
    assert (
        client.post(f"{address(over)}registration/", {}, content_type="application/json").status_code == 403
    )


def test_a_place_that_is_kept_is_taken_and_ones_own_is_given_back_when_registration_is_closed(client):
    """As the page allows it; whoever left the network gives back her place, too."""
    made = event(capacity=2, registration_closes_at=timezone.now() - timedelta(hours=1))
    path = f"{address(made)}registration/"
    ends = timezone.now() + timedelta(hours=3)
    offered = registered(made, status="offered", place=1, offer_expires_at=ends)
    client.force_login(offered.user)
    taken = client.post(path, {}, content_type="application/json")
    assert (taken.status_code, taken.json()["own"]["status"]) == (200, "going")
    left = registered(made)
    left.user.memberships.update(status="left", ended_on=timezone.localdate())
    client.force_login(left.user)
    assert client.delete(path).json()["own"]["status"] == "not_going"
    client.force_login(member())
    assert client.post(path, {}, content_type="application/json").status_code == 403
