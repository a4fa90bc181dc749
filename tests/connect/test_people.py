"""A person's page, and the one way in which people are shown."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from connect.models import Connection, Profile
from connect.people.finding import shown_people
from connect.services.profiles import availability_pause, availability_resume
from connect.visibility import Circle, Level, may_see, parts_seen, profile_fields
from portal.accounts.models import User
from portal.safety.models import Block
from portal.topics.labels import topic_labels
from tests.connect.factories import connected, listed
from tests.portal.accounts_factories import MembershipFactory, UserFactory
from tests.portal.catalog_factories import EntryFactory

pytestmark = pytest.mark.django_db


def member() -> User:
    return User.objects.get(pk=MembershipFactory().user.pk)


def page(client, person: User, query: str = "") -> str:
    return client.get(f"/conectarme/personas/{person.public_id}/{query}").content.decode()


def test_people_cost_the_same_queries_however_many_they_are(django_assert_max_num_queries):
    few = [listed().pk for _number in range(2)]
    many = few + [listed().pk for _number in range(8)]
    reader, again = member(), member()
    topic_labels()
    # Her work, blocks, connections; people with profiles, memberships. Thumbnails are one more, where there are photos.
    with django_assert_max_num_queries(5) as first:
        assert len(shown_people(reader, few)) == 2
    with django_assert_max_num_queries(len(first)):
        assert len(shown_people(again, many)) == 10


def test_of_nobody_nothing_is_asked(django_assert_num_queries):
    reader = member()
    with django_assert_num_queries(0):
        assert shown_people(reader, []) == {}


@pytest.mark.parametrize("name", [*Level, "unheard-of"])
@pytest.mark.parametrize("about", [*Level, "unheard-of"])
def test_the_parts_of_a_list_are_those_of_a_page(name, about):
    visibility = {"name": str(name), "about": str(about)}
    for circle in Circle:
        one_by_one = {part.id for part in profile_fields if may_see(circle, visibility, part.id)}
        assert parts_seen(circle, visibility) == one_by_one


def test_a_person_has_her_work_and_what_she_did_before(client):
    person = listed("Ana Rojas", position="Directora", visibility={"history": "members"})
    MembershipFactory(user=person, left=True, position="Concejala")
    client.force_login(member())
    seen = page(client, person)
    assert "Directora" in seen
    assert "Concejala" in seen
    assert "Trabajó antes en" in seen


def test_html_in_every_text_is_text(client):
    evil = "<script>alert(1)</script>"
    person = listed(
        "Ana", audience="public", about=evil, offers=evil, seeks=evil, availability_note=evil,
        links=[{"label": evil, "url": f"https://a.example/{evil}"}, {"label": "x", "url": "javascript:alert(1)"}],
        visibility=dict.fromkeys(("about", "offers", "seeks", "availability", "links"), "public"),
    )  # fmt: skip
    seen = page(client, person)
    assert evil not in seen
    assert seen.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 5
    assert "javascript:" not in seen


def test_links_lead_out_without_a_word_about_where_from(client):
    links = [{"label": "Mi página", "url": "https://ejemplo.example/"}]
    person = listed(audience="public", links=links, visibility={"links": "public"})
    assert '<a href="https://ejemplo.example/" rel="nofollow noopener noreferrer ugc">Mi página</a>' in page(
        client, person
    )


def test_a_pause_is_told_with_its_day_and_is_over_by_itself(client):
    person = listed()
    client.force_login(member())
    availability_pause(user=person, until=timezone.localdate() + timedelta(days=2))
    assert "Por ahora no recibe mensajes" in page(client, person)
    Profile.objects.filter(user=person).update(paused_until=timezone.localdate() - timedelta(days=1))
    assert "Por ahora no recibe mensajes" not in page(client, person)
    availability_pause(user=person)
    availability_resume(user=person)
    assert "Por ahora no recibe mensajes" not in page(client, person)


@pytest.mark.parametrize(
    ("received", "answered", "hours", "said"),
    [
        (3, 3, 20, "Suele responder en un día."),
        (4, 2, 30, "Suele responder en 2 días."),
        (2, 2, 1, ""),
        (9, 4, 1, ""),
        (3, 3, None, ""),
    ],
)
def test_a_habit_of_answering_is_told_kindly_or_not_at_all(received, answered, hours, said):
    person = listed(asks_received=received, asks_answered=answered, typical_hours=hours)
    shown = shown_people(member(), [person.pk])[person.pk]
    assert shown.availability.habit == said


def test_what_she_shared_is_what_the_reader_may_find_and_pages_by_kind(client):
    person = listed(audience="public", visibility={"contributions": "public"})
    EntryFactory(title="Para todo el mundo", people=[person.pk])
    EntryFactory(
        title="Entre integrantes", people=[person.pk], visibility="members", kind="evaluation-result"
    )
    EntryFactory(title="De otra persona")
    visitor = page(client, person)
    assert "Para todo el mundo" in visitor
    assert "Entre integrantes" not in visitor
    assert "De otra persona" not in visitor
    client.force_login(member())
    assert "Entre integrantes" in page(client, person)
    assert "Entre integrantes" not in page(client, person, "?tipo=solution")
    assert client.get(f"/conectarme/personas/{person.public_id}/?cursor=roto&tipo=nada").status_code == 200


def test_the_page_of_a_person_costs_the_same_with_much_on_it(client, django_assert_max_num_queries):
    person = listed()
    client.force_login(member())
    with django_assert_max_num_queries(14) as few:
        page(client, person)
    for _number in range(6):
        EntryFactory(people=[person.pk])
        MembershipFactory(user=person, left=True)
    with django_assert_max_num_queries(len(few)):
        page(client, person)


def test_the_badge_of_the_team_comes_from_the_account_and_never_from_a_text():
    team = listed("Luz Vera", municipality=None, user_is_staff=True)
    posing = listed("Eva Sol", position="Equipo de la red", about="Soy del equipo de la red")
    shown = shown_people(member(), [team.pk, posing.pk])
    assert shown[team.pk].is_staff_badge
    assert not shown[posing.pk].is_staff_badge


def test_whoever_turned_to_the_reader_is_shown_with_her_name_though_nobody_finds_her():
    unlisted, shy = MembershipFactory().user, listed(audience="connections")
    reader = member()
    assert shown_people(reader, [unlisted.pk, shy.pk]) == {}
    shown = shown_people(reader, [unlisted.pk, shy.pk], acquainted=[unlisted.pk, shy.pk])
    assert {person.name for person in shown.values()} == {unlisted.name, shy.name}
    assert shown[shy.pk].position == ""
    Block.objects.create(blocker=unlisted, blocked=reader)
    assert unlisted.pk not in shown_people(member_again(reader), [unlisted.pk], acquainted=[unlisted.pk])


def member_again(reader: User) -> User:
    return User.objects.get(pk=reader.pk)


def test_a_request_makes_no_connection(client):
    reader, person = member(), listed(about="Solo para conexiones", visibility={"about": "connections"})
    Connection.objects.create(requester=reader, recipient=person)
    assert shown_people(member_again(reader), [person.pk])[person.pk].about == ""
    Connection.objects.update(status="accepted", decided_at=timezone.now())
    assert shown_people(member_again(reader), [person.pk])[person.pk].about == "Solo para conexiones"


def test_a_visitor_asks_nothing_about_herself(django_assert_num_queries):
    person = listed(audience="public")
    with django_assert_num_queries(2):
        assert list(shown_people(AnonymousUser(), [person.pk])) == [person.pk]


def test_an_account_without_a_profile_has_a_page_of_its_own_only(client):
    person = UserFactory(name="Sin Perfil")
    client.force_login(person)
    assert "Sin Perfil" in page(client, person)
    client.force_login(member())
    assert client.get(f"/conectarme/personas/{person.public_id}/").status_code == 404


def test_a_pause_hides_the_way_to_write_from_strangers_and_not_from_connections(client):
    person, stranger = listed(availability="paused"), member()
    friend = connected(person, member())
    for reader, may_write in ((stranger, False), (friend, True)):
        client.force_login(reader)
        seen = page(client, person)
        assert ("Escribirle" in seen) == ("Vos sí podés escribirle" in seen) == may_write
        assert "Por ahora no recibe mensajes" in seen
