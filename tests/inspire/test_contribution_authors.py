"""Writing together: inviting without telling who has an account, accepting, leaving, being named."""

import pytest
from django.test import Client
from django.urls import reverse

from inspire.models import Contribution, ContributionAuthor
from portal.notices.models import Notification
from tests.inspire.factories import ContributionFactory
from tests.portal.accounts_factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def contribution(client: Client) -> Contribution:
    contribution = ContributionFactory(created_by=MembershipFactory().user)
    client.force_login(contribution.created_by)
    return contribution


def screen(contribution: Contribution) -> str:
    return reverse("inspire:contribution-edit", args=[contribution.public_id])


def invite(client: Client, contribution: Contribution, **fields: str) -> str:
    answer = client.post(screen(contribution), {"accion": "invitar", **fields}, follow=True)
    return answer.content.decode()


def without_what_changes(page: str) -> str:
    """Leave out the tokens that differ in every answer."""
    return "\n".join(line for line in page.splitlines() if "csrf" not in line.lower())


def test_an_address_with_an_account_is_answered_like_one_without(client: Client, contribution) -> None:
    known = UserFactory(email="berta@villa.example", name="Berta Oculta")
    with_account = invite(client, contribution, email="Berta@villa.example")
    without = invite(client, contribution, email="nadie@villa.example")
    assert without_what_changes(with_account) == without_what_changes(without)
    assert "Si ese correo tiene una cuenta" in with_account
    assert "Berta Oculta" not in with_account
    assert Notification.objects.get().user == known


def test_an_account_that_ended_is_not_invited(client: Client, contribution) -> None:
    UserFactory(email="vieja@villa.example", is_active=False)
    invite(client, contribution, email="vieja@villa.example")
    assert contribution.authors.count() == 1


def test_a_colleague_is_chosen_by_name_and_nobody_elses_address_is_shown(
    client: Client, contribution
) -> None:
    town = contribution.created_by.memberships.get().municipality
    mate = MembershipFactory(municipality=town, user__name="Carla Colega").user
    stranger = MembershipFactory(user__name="Delia Lejana").user
    page = client.get(screen(contribution)).content.decode()
    assert "Carla Colega" in page
    assert mate.email not in page
    assert "Delia Lejana" not in page
    assert "todavía no respondió" in invite(client, contribution, colleague=str(mate.public_id))
    invite(client, contribution, colleague=str(stranger.public_id))
    assert not contribution.authors.filter(user=stranger).exists()


def test_who_accepts_writes_and_who_does_not_is_forgotten(client: Client, contribution) -> None:
    yes, no = UserFactory(), UserFactory()
    for user in (yes, no):
        invite(client, contribution, email=user.email)
    address = reverse("inspire:contribution-invitation", args=[contribution.public_id])
    for user, answer in ((yes, "aceptar"), (no, "rechazar")):
        client.force_login(user)
        assert client.get(screen(contribution)).status_code == 404
        assert contribution.title in client.get(address).content.decode()
        client.post(address, {"accion": answer, "mi_nombre": "1"})
    author = ContributionAuthor.objects.get(user=yes)
    assert author.is_accepted
    assert author.is_named
    assert not ContributionAuthor.objects.filter(user=no).exists()
    client.force_login(yes)
    assert client.get(screen(contribution)).status_code == 200


def test_the_last_author_cannot_leave_and_the_first_can_take_another_off(
    client: Client, contribution
) -> None:
    own = contribution.authors.get()
    page = client.post(screen(contribution), {"accion": f"quitar-autoria:{own.pk}"}, follow=True)
    assert "Sos la única persona" in page.content.decode()
    other = ContributionAuthor.objects.create(
        contribution=contribution, user=UserFactory(), accepted_at=contribution.created_at
    )
    client.force_login(other.user)
    client.post(screen(contribution), {"accion": f"quitar-autoria:{own.pk}"})
    assert contribution.authors.count() == 2, "only who began it takes others off"
    client.force_login(contribution.created_by)
    client.post(screen(contribution), {"accion": f"quitar-autoria:{other.pk}"})
    assert contribution.authors.get() == own


def test_each_author_decides_about_her_own_name(client: Client, contribution) -> None:
    client.post(screen(contribution), {"accion": "mi-nombre:si"})
    assert contribution.authors.get().is_named
    client.post(screen(contribution), {"accion": "mi-nombre:no"})
    assert not contribution.authors.get().is_named


def test_nobody_invites_without_end(client: Client, contribution) -> None:
    for _number in range(19):
        ContributionAuthor.objects.create(contribution=contribution, user=UserFactory())
    assert "Ya hay veinte personas" in invite(client, contribution, email=UserFactory().email)


def test_who_works_in_one_municipality_finds_it_filled_in(client: Client, contribution) -> None:
    town = contribution.created_by.memberships.get().municipality
    page = client.get(reverse("inspire:contribution-create")).content.decode()
    assert f'value="{town.pk}"' in page
    assert "data-prefilled" in page
