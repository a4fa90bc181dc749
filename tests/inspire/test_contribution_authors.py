"""Writing together: inviting without telling who has an account, accepting, leaving, being named."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from inspire.models import Contribution, ContributionAuthor
from inspire.services.contributions import StepNotPossible, author_accept, author_leave
from portal.accounts.models import User
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


def test_who_accepts_writes_and_who_does_not_is_not_asked_again(client: Client, contribution) -> None:
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
    assert ContributionAuthor.objects.get(user=no).has_declined
    assert client.get(address).status_code == 404
    assert contribution.title not in client.get(reverse("inspire:contribution-list")).content.decode()
    client.force_login(contribution.created_by)
    invite(client, contribution, email=no.email)
    assert Notification.objects.filter(user=no).count() == 1
    assert ContributionAuthor.objects.get(user=no).left_at
    client.force_login(yes)
    assert client.get(screen(contribution)).status_code == 200


@pytest.mark.parametrize("status", ["published", "declined", "withdrawn"])
def test_nobody_joins_what_is_decided_or_given_up(client: Client, contribution, status: str) -> None:
    late = UserFactory()
    invite(client, contribution, email=late.email)
    Contribution.objects.filter(pk=contribution.pk).update(status=status, decided_at=timezone.now())
    client.force_login(late)
    address = reverse("inspire:contribution-invitation", args=[contribution.public_id])
    for answer in (
        client.get(address, follow=True),
        client.post(address, {"accion": "aceptar", "mi_nombre": "1"}, follow=True),
    ):
        page = answer.content.decode()
        assert "ya no está abierta" in page
        assert contribution.title not in page
    assert not ContributionAuthor.objects.get(user=late).is_accepted


def test_who_is_taken_off_while_she_accepts_is_told(contribution) -> None:
    late = ContributionAuthor.objects.create(contribution=contribution, user=UserFactory())
    author_leave(author=ContributionAuthor.objects.get(pk=late.pk), by_herself=False)
    with pytest.raises(StepNotPossible):
        author_accept(author=late, is_named=True)
    assert not late.contribution.authors.get(pk=late.pk).is_accepted


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
    assert contribution.authors.get(left_at=None) == own


def test_each_author_decides_about_her_own_name(client: Client, contribution) -> None:
    client.post(screen(contribution), {"accion": "mi-nombre:si"})
    assert contribution.authors.get().is_named
    client.post(screen(contribution), {"accion": "mi-nombre:no"})
    assert not contribution.authors.get().is_named


@pytest.fixture
def mates(contribution: Contribution) -> list[User]:
    town = contribution.created_by.memberships.get().municipality
    return [MembershipFactory(municipality=town).user for _number in range(22)]


def test_nobody_invites_without_end(client: Client, contribution) -> None:
    for _number in range(19):
        ContributionAuthor.objects.create(contribution=contribution, user=UserFactory())
    assert "Ya hay veinte personas" in invite(client, contribution, email=UserFactory().email)


def test_how_many_are_refused_does_not_tell_which_address_has_an_account(
    client: Client, contribution
) -> None:
    for _number in range(18):
        ContributionAuthor.objects.create(contribution=contribution, user=UserFactory())
    for address in (UserFactory().email, "nadie@villa.example", UserFactory().email):
        assert "Si ese correo tiene una cuenta" in invite(client, contribution, email=address)


def test_addresses_beyond_twenty_a_day_are_asked_nothing_and_nobody_learns_of_it(
    client: Client, contribution
) -> None:
    said = {
        without_what_changes(invite(client, contribution, email=UserFactory().email)) for _number in range(22)
    }
    assert len(said) == 1
    assert Notification.objects.count() == 20


def test_asking_and_taking_back_sends_one_notice_and_she_can_still_be_asked(
    client: Client, contribution, mates
) -> None:
    mate = mates[0]
    for _number in range(3):
        assert "todavía no respondió" in invite(client, contribution, colleague=str(mate.public_id))
        author = contribution.authors.get(user=mate)
        page = client.post(screen(contribution), {"accion": f"quitar-autoria:{author.pk}"}, follow=True)
        assert "todavía no respondió" not in page.content.decode()
    assert Notification.objects.filter(user=mate).count() == 1
    invite(client, contribution, colleague=str(mate.public_id))
    client.force_login(mate)
    client.post(
        reverse("inspire:contribution-invitation", args=[contribution.public_id]), {"accion": "aceptar"}
    )
    assert contribution.is_written_by(mate)


def test_a_colleague_who_said_no_is_not_asked_again_and_the_inviter_is_told(
    client: Client, contribution, mates
) -> None:
    invite(client, contribution, colleague=str(mates[0].public_id))
    client.force_login(mates[0])
    client.post(
        reverse("inspire:contribution-invitation", args=[contribution.public_id]), {"accion": "rechazar"}
    )
    client.force_login(contribution.created_by)
    assert "prefirió no escribir" in invite(client, contribution, colleague=str(mates[0].public_id))
    assert not contribution.authors.get(user=mates[0]).is_pending


def test_who_invites_more_than_twenty_in_a_day_is_asked_to_go_on_tomorrow(
    client: Client, contribution, mates
) -> None:
    others = [contribution, ContributionFactory(created_by=contribution.created_by)]
    for number, mate in enumerate(mates[:20]):
        invite(client, others[number % 2], colleague=str(mate.public_id))
    assert "Mañana podés seguir" in invite(client, contribution, colleague=str(mates[20].public_id))
    assert Notification.objects.count() == 20
    ContributionAuthor.objects.update(invited_at=contribution.created_at - timedelta(days=2))
    assert "todavía no respondió" in invite(client, contribution, colleague=str(mates[20].public_id))


def test_a_colleague_asked_by_name_is_shown_whatever_address_was_asked_before(
    client: Client, contribution, mates
) -> None:
    assert "todavía no respondió" not in invite(client, contribution, email=mates[0].email)
    assert "todavía no respondió" in invite(client, contribution, colleague=str(mates[0].public_id))


def test_who_works_in_one_municipality_finds_it_filled_in(client: Client, contribution) -> None:
    town = contribution.created_by.memberships.get().municipality
    page = client.get(reverse("inspire:contribution-create")).content.decode()
    assert f'value="{town.pk}"' in page
    assert "data-prefilled" in page
