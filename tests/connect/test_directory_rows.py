"""The directory's rows: who is in it, for whom, and with what; out of it the moment she leaves."""

from datetime import date

import pytest
from django.db import connection
from django.utils import timezone

from connect.models import DirectoryEntry, Profile
from connect.services.directory import directory_rebuild, directory_refresh
from portal.accounts.models import Membership, User
from portal.accounts.services import account_erase
from portal.catalog.models import Entry
from portal.safety.models import Suspension
from tests.connect.factories import listed
from tests.portal.accounts_factories import MembershipFactory, UserFactory
from tests.portal.places_factories import MunicipalityFactory
from tests.portal.topics_factories import PolicyAreaFactory, TopicFactory

pytestmark = pytest.mark.django_db


def audiences(user: User) -> list[str]:
    return sorted(DirectoryEntry.objects.filter(user=user).values_list("audience", flat=True))


def row(user: User, audience: str = "members") -> DirectoryEntry:
    return DirectoryEntry.objects.get(user=user, audience=audience)


def test_only_who_agreed_and_works_somewhere_or_for_the_network_is_in_it():
    agreed, team = listed(), listed(municipality=None, user_is_staff=True)
    silent = MembershipFactory().user
    Profile.objects.create(user=silent)
    nowhere = listed(municipality=None)
    former = MembershipFactory(left=True).user
    waiting = MembershipFactory(requested=True).user
    for user in (former, waiting):
        Profile.objects.create(user=user, listed_at=timezone.now())
    directory_rebuild()
    assert audiences(agreed) == audiences(team) == ["members"]
    assert [audiences(user) for user in (silent, nowhere, former, waiting)] == [[]] * 4


@pytest.mark.parametrize(
    ("level", "rows"),
    [("public", ["members", "public"]), ("members", ["members"]), ("connections", []), ("nobody", [])],
)
def test_the_level_of_the_name_says_which_audiences_find_her(level, rows):
    assert audiences(listed(audience=level)) == rows


def test_what_an_audience_may_not_see_is_not_in_its_row():
    topic, area = TopicFactory(slug="compost", name_es="Compostaje"), PolicyAreaFactory(slug="ambiente")
    town = MunicipalityFactory(name="Villa Secreta")
    user = listed(
        audience="public",
        municipality=town,
        about="acerca",
        offers="ofrezco",
        offer_topics=[topic.slug],
        seeks="busco",
        areas=[area.slug],
        active_on=date(2026, 1, 2),
        visibility={"seeks": "nobody", "about": "public"},
    )
    public, members = row(user, "public"), row(user, "members")
    assert (public.position, public.municipality, public.municipality_name) == ("", None, "")
    assert (public.facet_keys, public.offer_topics, public.text) == ([], [], "acerca")
    assert public.active_on == user.profile.listed_at.date() != members.active_on == date(2026, 1, 2)
    assert members.municipality == town
    assert {"area:ambiente", "can_help:compost", "topic:compost", "country:AR"} <= set(members.facet_keys)
    assert {"province:AR-06", "population:2", "role:member"} <= set(members.facet_keys)
    assert "Villa Secreta" in members.text
    assert "Compostaje" in members.text
    assert "ofrezco" in members.text
    assert "busco" not in members.text


def test_a_level_that_nobody_offers_is_answered_with_the_default_and_never_more_than_the_name():
    user = listed(audience="members", about="acerca", visibility={"about": "everybody!", "seeks": "public"})
    assert audiences(user) == ["members"]
    assert "acerca" in row(user).text


@pytest.mark.parametrize(
    "leave",
    [
        lambda user: Profile.objects.filter(user=user).update(listed_at=None),
        lambda user: Profile.objects.filter(user=user).delete(),
        lambda user: User.objects.filter(pk=user.pk).update(is_active=False),
        lambda user: Membership.objects.filter(user=user).update(
            status="left", ended_on=timezone.localdate()
        ),
        lambda user: Membership.objects.filter(user=user).delete(),
        lambda user: Suspension.objects.bulk_create([Suspension(user=user, reason="x")]),
        lambda user: account_erase(user=user, actor=user),
    ],
    ids=["no longer agrees", "no profile", "closed", "left", "work deleted", "suspended", "erased"],
)
def test_out_of_it_the_moment_she_leaves_whatever_path_wrote_it(leave):
    user, other = listed(audience="public"), listed()
    leave(user)
    assert (audiences(user), audiences(other)) == ([], ["members"])


def test_what_a_hand_in_the_database_narrows_is_found_by_nobody_until_her_rows_are_made_anew():
    user = listed(audience="public", about="acerca", visibility={"about": "public"})
    Profile.objects.filter(user=user).update(visibility={"name": "members", "about": "nobody"})
    assert audiences(user) == []
    assert not Entry.objects.filter(kind="person").exists()
    directory_rebuild()
    assert audiences(user) == ["members"]
    assert "acerca" not in row(user).text


def test_who_stops_working_for_the_network_leaves_and_who_still_works_elsewhere_stays():
    team = listed(municipality=None, user_is_staff=True)
    User.objects.filter(pk=team.pk).update(is_staff=False)
    busy = listed()
    second = MembershipFactory(user=busy)
    second.delete()
    assert (audiences(team), audiences(busy)) == ([], ["members"])


def test_a_suspension_that_is_lifted_and_an_account_that_is_opened_again_bring_her_back():
    user = listed()
    suspension = Suspension.objects.create(user=user, reason="x")
    assert audiences(user) == []
    suspension.lifted_at = timezone.now()
    suspension.save()
    assert audiences(user) == ["members"]
    for is_active, rows in ((False, []), (True, ["members"])):
        user.is_active = is_active
        user.save()
        assert audiences(user) == rows


def test_another_name_is_in_it_at_once_and_another_position_with_the_membership():
    user = listed("Ana Pérez")
    User.objects.filter(pk=user.pk).update(name="Ángela Pérez")
    assert (row(user).name, row(user).sort_name) == ("Ángela Pérez", "angela perez")
    work = user.memberships.get()
    work.position = "Secretaria de Hacienda"
    work.save()
    assert row(user).position == "Secretaria de Hacienda"


def test_rows_that_are_true_already_are_not_written():
    users = [listed(audience="public").pk, listed().pk]
    assert directory_refresh(user_ids=users) == directory_rebuild() == directory_refresh(user_ids=[]) == 0


def test_the_work_that_she_began_last_stands_beside_her_name():
    user = listed()
    newer = MembershipFactory(user=user, position="Asesora", role="coordinator")
    directory_refresh(user_ids=[user.pk])
    assert (row(user).position, row(user).municipality_id) == ("Asesora", newer.municipality_id)
    assert {"role:member", "role:coordinator"} <= set(row(user).facet_keys)


def test_a_person_deleted_takes_her_rows_along():
    user = listed(audience="public")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM connect_directoryentry WHERE user_id = %s", [user.pk])
        assert cursor.fetchone() == (2,)
    UserFactory()
    user.delete()
    assert DirectoryEntry.objects.count() == 0
