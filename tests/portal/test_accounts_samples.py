"""Invented accounts to try the portal with."""

import stat
from io import StringIO

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db.models import ProtectedError

from portal.accounts.affiliation import is_coordinator_of, works_in
from portal.accounts.models import Membership, User
from portal.accounts.samples import (
    CHIVILCOY,
    PEOPLE,
    VILLA_MARIA,
    create_samples,
    demo_password,
    remove_samples,
)
from portal.core.starter import sample_contents
from tests.portal.accounts_factories import UserFactory
from tests.portal.places_factories import MunicipalityCodeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def data_dir(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return tmp_path


@pytest.fixture
def places():
    return {
        code: MunicipalityCodeFactory(source="geonames", code=code).municipality
        for code in (CHIVILCOY, VILLA_MARIA)
    }


def sample(role):
    email = next(person.email for person in PEOPLE if person.role == role)
    return User.objects.get(email=email)


def test_each_role_has_an_account_where_it_belongs(places):
    create_samples()
    chivilcoy, villa_maria = places[CHIVILCOY], places[VILLA_MARIA]
    assert works_in(sample("practicante"), chivilcoy)
    assert is_coordinator_of(sample("coordinación"), chivilcoy)
    assert works_in(sample("vecina"), villa_maria)
    assert not works_in(sample("vecina"), chivilcoy)
    staff, superuser = sample("equipo de la red"), sample("administración")
    assert (staff.is_staff, staff.is_superuser) == (True, False)
    assert (superuser.is_staff, superuser.is_superuser) == (True, True)
    assert all("Muestra" in user.name and user.is_sample for user in User.objects.all())


def test_staff_may_work_on_the_portal_s_own_models_only(places):
    create_samples()
    staff = sample("equipo de la red")
    assert staff.has_perm("accounts.change_membership")
    assert staff.has_perm("places.change_municipality")
    assert not staff.has_perm("auth.change_group")


def test_they_sign_in_with_the_installation_s_password(client, places):
    create_samples()
    for person in PEOPLE:
        assert client.login(email=person.email, password=demo_password())


def test_the_password_is_random_kept_and_readable_by_its_owner_only(data_dir):
    first = demo_password()
    file = data_dir / "demo-password"
    assert demo_password() == first == file.read_text().strip()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    file.unlink()
    assert demo_password() != first


def test_making_them_again_changes_nothing_and_says_nothing(places):
    assert create_samples() == "5 cuentas nuevas."
    before = list(User.objects.order_by("pk").values("pk", "password"))
    assert create_samples() == ""
    assert list(User.objects.order_by("pk").values("pk", "password")) == before
    assert Membership.objects.count() == 3


def test_a_lost_password_file_gives_all_of_them_the_new_one(data_dir, places, client):
    create_samples()
    (data_dir / "demo-password").unlink()
    create_samples()
    assert client.login(email="vecina@muestra.example", password=demo_password())


def test_without_places_the_accounts_are_made_and_the_gap_is_named():
    line = create_samples()
    assert "5 cuentas nuevas." in line
    assert "practicante@muestra.example" in line
    assert Membership.objects.count() == 0


def test_places_that_come_later_complete_them():
    create_samples()
    for code in (CHIVILCOY, VILLA_MARIA):
        MunicipalityCodeFactory(source="geonames", code=code)
    assert create_samples() == ""
    assert Membership.objects.active().count() == 3


def test_production_refuses_them(settings):
    settings.SAMPLES_ALLOWED = False
    with pytest.raises(ImproperlyConfigured, match="no admite cuentas de muestra"):
        create_samples()
    assert not User.objects.exists()


def test_removing_takes_exactly_the_samples(places):
    real = UserFactory()
    create_samples()
    assert remove_samples() == 5
    assert list(User.objects.all()) == [real]
    assert Membership.objects.count() == 0


def test_one_that_other_content_needs_is_erased_instead(places, monkeypatch):
    create_samples()
    needed = sample("practicante")
    delete = User.delete

    def refuse(self, *args, **kwargs):
        if self.pk == needed.pk:
            raise ProtectedError("something needs her", {self})
        return delete(self, *args, **kwargs)

    monkeypatch.setattr(User, "delete", refuse)
    assert remove_samples() == 5
    needed.refresh_from_db()
    assert (needed.name, needed.is_sample, needed.is_active) == ("Cuenta borrada", False, False)
    assert User.objects.count() == 1


def test_the_command_prints_role_address_and_password(places):
    out = StringIO()
    call_command("demo_accounts", stdout=out)
    assert out.getvalue() == "No hay cuentas de muestra en esta instalación.\n"
    create_samples()
    out = StringIO()
    call_command("demo_accounts", stdout=out)
    lines = [line.split("\t") for line in out.getvalue().splitlines()]
    assert lines == [[person.role, person.email, demo_password()] for person in PEOPLE]


def test_samples_are_registered_early():
    assert sample_contents.get("accounts").order == 10
