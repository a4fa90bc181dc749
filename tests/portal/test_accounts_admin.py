"""Accounts in the admin: the same rules as on the site."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse, reverse_lazy

from portal.accounts.models import Membership, MunicipalityDomain, User
from tests.portal.accounts_factories import MembershipFactory, UserFactory
from tests.portal.places_factories import MunicipalityFactory

pytestmark = pytest.mark.django_db
MEMBERSHIPS = reverse_lazy("admin:accounts_membership_changelist")


@pytest.fixture
def staff(client):
    user = UserFactory(staff=True)
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="accounts"))
    client.force_login(user)
    return user


@pytest.fixture
def superuser(client):
    user = UserFactory(superuser=True)
    client.force_login(user)
    return user


def act(client, action, memberships, **more):
    data = {"action": action, "_selected_action": [row.pk for row in memberships], **more}
    return client.post(MEMBERSHIPS, data, follow=True).content.decode()


def test_the_admin_signs_in_through_the_portal_s_own_page(client):
    answer = client.get(reverse("admin:login"))
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))


def test_somebody_who_is_not_staff_is_refused(client):
    client.force_login(UserFactory())
    assert client.get(reverse("admin:login")).status_code == 403
    assert client.get(reverse("admin:index")).status_code == 302


def test_an_account_is_opened_with_its_address_in_lower_case_and_a_hashed_password(client, superuser):
    data = {
        "email": "Nueva@Villa.gob.ar",
        "name": "Nueva",
        "usable_password": "true",
        "password1": "una frase bien larga",
        "password2": "una frase bien larga",
    }
    answer = client.post(reverse("admin:accounts_user_add"), data)
    assert answer.status_code == 302
    user = User.objects.get(email="nueva@villa.gob.ar")
    assert user.check_password("una frase bien larga")
    assert "una frase" not in user.password


def test_pages_of_the_admin_open(client, superuser):
    membership = MembershipFactory()
    membership.changes.create(from_status="", to_status="active", actor=superuser)
    domain = MunicipalityDomain.objects.create(municipality=membership.municipality, domain="villa.gob.ar")
    for row in (membership.user, membership, domain):
        kind = row._meta.model_name
        assert client.get(reverse(f"admin:accounts_{kind}_changelist")).status_code == 200
        assert client.get(reverse(f"admin:accounts_{kind}_change", args=[row.pk])).status_code == 200
    assert client.get(reverse("admin:accounts_user_add")).status_code == 200


def test_requests_are_approved_and_what_was_decided_is_said(client, staff):
    waiting, member = MembershipFactory(requested=True), MembershipFactory()
    page = act(client, "approve", [waiting, member])
    assert "Pertenencias actualizadas: 1." in page
    assert "ya no está pendiente" in page
    waiting.refresh_from_db()
    assert waiting.is_active
    assert waiting.changes.get().actor == staff


def test_declining_needs_a_reason(client, staff):
    waiting = MembershipFactory(requested=True)
    assert "Escribí el motivo" in act(client, "decline", [waiting], reason=" ")
    waiting.refresh_from_db()
    assert waiting.is_requested
    act(client, "decline", [waiting], reason="No trabaja ahí")
    assert waiting.changes.get().reason == "No trabaja ahí"


def test_the_first_coordinator_is_named_and_a_membership_ended(client, staff):
    member = MembershipFactory()
    act(client, "make_coordinator", [member])
    member.refresh_from_db()
    assert member.is_coordinator
    act(client, "end", [member])
    member.refresh_from_db()
    assert member.status == Membership.Status.LEFT


def test_status_and_role_cannot_be_written_around_the_services(client, superuser):
    waiting = MembershipFactory(requested=True)
    url = reverse("admin:accounts_membership_change", args=[waiting.pk])
    management = {"changes-TOTAL_FORMS": "0", "changes-INITIAL_FORMS": "0"}
    client.post(url, {"position": "Asesora", "status": "active", "role": "coordinator", **management})
    waiting.refresh_from_db()
    assert (waiting.position, waiting.status, waiting.role) == ("Asesora", "requested", "member")
    assert client.get(reverse("admin:accounts_membership_add")).status_code == 403
    assert client.get(reverse("admin:accounts_membership_delete", args=[waiting.pk])).status_code == 403


def test_staff_cannot_give_themselves_power(client, staff):
    url = reverse("admin:accounts_user_change", args=[staff.pk])
    client.post(url, {"email": staff.email, "name": "Otro nombre", "is_active": "on", "is_superuser": "on"})
    staff.refresh_from_db()
    assert staff.name == "Otro nombre"
    assert not staff.is_superuser


def test_staff_cannot_take_over_another_account(client, staff):
    boss, colleague = UserFactory(superuser=True), UserFactory(staff=True)
    change_boss = reverse("admin:accounts_user_change", args=[boss.pk])
    client.post(change_boss, {"email": "robada@example.org", "name": "Robada", "is_active": "on"})
    boss.refresh_from_db()
    assert boss.email != "robada@example.org"
    before = colleague.email
    change_colleague = reverse("admin:accounts_user_change", args=[colleague.pk])
    client.post(change_colleague, {"email": "robada@example.org", "name": "Robada", "is_active": "on"})
    colleague.refresh_from_db()
    assert (colleague.name, colleague.email) == ("Robada", before)
    for account in (boss, colleague):
        password_page = reverse("admin:auth_user_password_change", args=[account.pk])
        assert client.get(password_page).status_code == 403


def test_an_account_is_erased_not_deleted(client, superuser):
    person = UserFactory()
    assert client.get(reverse("admin:accounts_user_delete", args=[person.pk])).status_code == 403
    url = reverse("admin:accounts_user_changelist")
    data = {"action": "erase", "_selected_action": [person.pk, superuser.pk]}
    page = client.post(url, data, follow=True).content.decode()
    assert "Cuentas borradas: 1." in page
    assert "Es la única cuenta que administra el portal" in page
    person.refresh_from_db()
    assert person.name == "Cuenta borrada"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Villa.GOB.ar", "villa.gob.ar"),
        (" @villa.gob.ar ", "villa.gob.ar"),
        ("ana@villa.gob.ar", "villa.gob.ar"),
        ("gmail.com", None),
        ("villa", None),
        ("", None),
    ],
)
def test_a_domain_is_kept_in_one_form_and_public_providers_are_refused(client, superuser, typed, kept):
    municipality = MunicipalityFactory()
    data = {"municipality": municipality.pk, "domain": typed, "approves_members": "on"}
    client.post(reverse("admin:accounts_municipalitydomain_add"), data)
    assert list(MunicipalityDomain.objects.values_list("domain", flat=True)) == ([kept] if kept else [])
