"""How an erased account is called, and what the page says before it is erased."""

from datetime import date

import pytest
from django.urls import reverse

from portal.accounts.models import User
from portal.accounts.services import account_erase
from tests.portal.accounts_factories import MembershipFactory, UserFactory
from tests.portal.places_factories import MunicipalityFactory

pytestmark = pytest.mark.django_db


def called(user: User) -> str:
    account_erase(user=user, actor=user)
    return str(User.objects.get(pk=user.pk))


def worked(user: User, town: str, **fields: object) -> None:
    MembershipFactory(user=user, municipality=MunicipalityFactory(name=town), **fields)


def test_who_works_in_a_town_is_called_after_it():
    user = UserFactory()
    worked(user, "Esperanza", left=True)
    worked(user, "Rafaela")
    assert called(user) == "Ex integrante de Rafaela"


def test_who_left_is_called_after_the_last_one():
    user = UserFactory()
    worked(user, "Rafaela", left=True, started_on=date(2020, 1, 1), ended_on=date(2024, 5, 1))
    worked(user, "Esperanza", left=True, started_on=date(2018, 1, 1), ended_on=date(2019, 5, 1))
    assert called(user) == "Ex integrante de Rafaela"


def test_who_never_worked_in_one_has_no_name_at_all():
    user = UserFactory()
    worked(user, "Rafaela", requested=True)
    worked(user, "Esperanza", declined=True)
    assert called(user) == "Cuenta borrada"


def test_language_and_time_zone_tell_nothing_afterwards():
    user = UserFactory(language="pt-br", time_zone="America/Lima")
    account_erase(user=user, actor=user)
    user = User.objects.get(pk=user.pk)
    assert (user.language, user.time_zone) == ("es-ar", "America/Argentina/Buenos_Aires")


def test_the_page_says_what_goes_and_what_stays(client):
    user = UserFactory()
    worked(user, "Rafaela")
    client.force_login(user)
    page = client.get(reverse("accounts:account-erase")).content.decode()
    assert "Ex integrante de Rafaela" in page
    assert "se conserva un año" in page
    assert "Qué queda" in page
