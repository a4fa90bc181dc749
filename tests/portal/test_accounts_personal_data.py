"""The copy of a person's data, and its erasure."""

import json

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction

from portal.accounts.models import Membership, MembershipChange, User
from portal.accounts.personal_data import (
    declared_personal_fields,
    erasures,
    personal_models,
    subject_accesses,
)
from portal.accounts.services import account_erase, account_export, membership_end, membership_request
from portal.core.events import account_erased
from tests.portal.accounts_factories import PASSWORD, MembershipFactory, UserFactory
from tests.portal.places_factories import MunicipalityFactory
from tests.portal.topics_factories import PolicyAreaFactory

pytestmark = pytest.mark.django_db

# Kept by Django and allauth under names of their own; no person can be recognised by these.
NOT_ABOUT_PEOPLE = {"auth.Group", "auth.Permission", "contenttypes.ContentType"}


def known_person():
    """A person about whom everything that this app can know is known."""
    user = UserFactory(name="Ana Única", email="ana.unica@villa.gob.ar")
    membership = membership_request(
        user=user,
        municipality=MunicipalityFactory(name="Villa Clara"),
        position="Directora Irrepetible",
        areas=[PolicyAreaFactory(name_es="Ambiente")],
    )
    membership_end(membership=membership, actor=user, reason="Motivo muy personal")
    EmailAddress.objects.create(user=user, email="ana.casa@example.org", verified=True)
    Authenticator.objects.create(user=user, type="totp", data={"secret": "SECRETO"})
    return user


def test_the_copy_holds_account_addresses_and_memberships_but_no_secret():
    user = known_person()
    text = json.dumps(account_export(user=user), ensure_ascii=False)
    for expected in (
        "Ana Única",
        "ana.unica@villa.gob.ar",
        "ana.casa@example.org",
        "Directora Irrepetible",
        "Villa Clara",
        "Ambiente",
        "Motivo muy personal",
        "totp",
    ):
        assert expected in text
    assert "SECRETO" not in text
    assert user.password not in text


def test_the_copy_holds_nothing_of_anyone_else():
    other = MembershipFactory(user__name="Beatriz Ajena", position="Cargo Ajeno")
    text = json.dumps(account_export(user=known_person()), ensure_ascii=False)
    assert other.user.name not in text
    assert other.user.email not in text
    assert "Cargo Ajeno" not in text


def test_erasing_leaves_nothing_that_names_her(django_capture_on_commit_callbacks):
    user = known_person()
    staff = UserFactory(superuser=True)
    user.groups.add(Group.objects.create(name="Un grupo"))
    LogEntry.objects.create(
        user=staff,
        content_type=ContentType.objects.get_for_model(User),
        object_id=str(user.pk),
        object_repr=str(user),
        action_flag=CHANGE,
        change_message=f"Cambió {user.email}",
    )
    open_membership = MembershipFactory(user=user, position="Otra cosa suya")
    told = []
    account_erased.connect(lambda **payload: told.append(payload["user_id"]), weak=False, dispatch_uid="test")
    try:
        with django_capture_on_commit_callbacks(execute=True):
            account_erase(user=user, actor=staff)
    finally:
        account_erased.disconnect(dispatch_uid="test")

    user.refresh_from_db()
    open_membership.refresh_from_db()
    assert (user.name, user.is_active, user.has_usable_password()) == ("Cuenta borrada", False, False)
    assert user.email.endswith("@borrada.invalid")
    assert user.erased_at is not None
    assert user.groups.count() == 0
    assert open_membership.status == Membership.Status.LEFT
    assert told == [user.pk]
    rows = everything_about_people()
    for trace in (
        "Ana Única",
        "ana.unica",
        "ana.casa",
        "Irrepetible",
        "Otra cosa suya",
        "muy personal",
        "SECRETO",
    ):
        assert trace not in rows


def everything_about_people():
    """Return the text of every row of this app, allauth and the admin's log."""
    models = [User, Membership, MembershipChange, EmailAddress, Authenticator, LogEntry]
    return "\n".join(str(row) for model in models for row in model.objects.values())


def test_erasing_signs_her_out_everywhere_and_others_nowhere(client, django_capture_on_commit_callbacks):
    user, other = UserFactory(), UserFactory()
    client.force_login(user)
    phone, neighbour = type(client)(), type(client)()
    phone.force_login(user)
    neighbour.force_login(other)
    account_erase(user=user, actor=user)
    sessions = [session.get_decoded().get("_auth_user_id") for session in Session.objects.all()]
    assert sessions == [str(other.pk)]
    assert phone.get("/cuenta/").status_code == 302
    assert not get_user_model().objects.get(pk=user.pk).check_password(PASSWORD)


def test_erasing_twice_erases_once():
    user = UserFactory()
    first = account_erase(user=user, actor=user)
    second = account_erase(user=user, actor=user)
    assert second.erased_at == first.erased_at


def test_two_erased_accounts_do_not_collide():
    one, two = UserFactory(), UserFactory()
    account_erase(user=one, actor=one)
    account_erase(user=two, actor=two)
    assert User.objects.filter(name="Cuenta borrada").count() == 2


def test_the_database_refuses_an_erased_account_that_could_sign_in():
    user = UserFactory()
    account_erase(user=user, actor=user)
    with pytest.raises(IntegrityError, match="accounts_erased_cannot_sign_in"), transaction.atomic():
        User.objects.filter(pk=user.pk).update(is_active=True)


def test_the_account_goes_after_every_other_app_has_erased_its_part():
    assert [erasure.id for erasure in erasures][-1] == "accounts.account"


def test_declared_fields_exist():
    for label, fields in declared_personal_fields().items():
        existing = {field.name for field in apps.get_model(label)._meta.get_fields()}
        assert fields <= existing, label


def test_every_declaration_says_why_and_until_when():
    for model in personal_models:
        assert str(model.label)
        assert str(model.reason).endswith(".")
        assert str(model.until).endswith(".")


def test_what_this_app_and_sign_in_keep_of_people_is_declared():
    declared = declared_personal_fields()
    for label in ("accounts", "account", "mfa"):
        for model in apps.get_app_config(label).get_models():
            names_people = {
                field.name
                for field in model._meta.fields
                if field.related_model is User or field.name in {"email", "name", "position", "reason"}
            } - {"membership"}
            if names_people and model._meta.label not in NOT_ABOUT_PEOPLE:
                missing = names_people - declared.get(model._meta.label, frozenset())
                assert not missing, f"{model._meta.label}: {missing}"


def test_registered_parts_have_a_label_for_people():
    assert {"accounts.account", "accounts.memberships"} <= {part.id for part in subject_accesses}
    assert all(str(part.label) for part in subject_accesses)


def test_permissions_given_by_hand_go_too():
    user = UserFactory(staff=True)
    user.user_permissions.add(Permission.objects.first())
    account_erase(user=user, actor=user)
    assert user.user_permissions.count() == 0
