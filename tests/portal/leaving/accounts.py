"""Her account, and what signing in and the admin keep of her."""

from collections.abc import Callable
from typing import Any

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.utils import timezone

from portal.accounts.models import Membership, User
from tests.portal.leaving.scene import HER_KEY, MARK, Scene


def _account(scene: Scene) -> None:
    scene.her.groups.add(Group.objects.create(name="Un grupo"))
    scene.her.user_permissions.add(Permission.objects.first())
    User.objects.filter(pk=HER_KEY).update(last_login=timezone.now(), language="en")


def _session(scene: Scene) -> None:
    Client().force_login(scene.her)


def _admin_log(scene: Scene) -> None:
    for model, key, name in (
        (User, HER_KEY, str(scene.her)),
        (Membership, scene.membership.pk, str(scene.membership)),
    ):
        LogEntry.objects.create(
            user=scene.staff,
            content_type=ContentType.objects.get_for_model(model),
            object_id=str(key),
            object_repr=name,
            action_flag=CHANGE,
            change_message=f"Cambió {scene.her.email}",
        )
    LogEntry.objects.create(user=scene.her, object_repr="Otra cosa", action_flag=CHANGE)


FILLERS: dict[str, Callable[[Scene], Any]] = {
    "accounts.User": _account,
    "accounts.Membership": lambda scene: None,
    "accounts.MembershipChange": lambda scene: scene.row(
        "accounts.MembershipChange", membership=scene.membership, to_status="active"
    ),
    "account.EmailAddress": lambda scene: EmailAddress.objects.create(
        user=scene.her, email=f"casa@{MARK}.example", verified=True
    ),
    "account.EmailConfirmation": lambda scene: EmailConfirmation.objects.create(
        email_address=EmailAddress.objects.filter(user=scene.her).first(), key=MARK, sent=timezone.now()
    ),
    "mfa.Authenticator": lambda scene: Authenticator.objects.create(
        user=scene.her, type="totp", data={"secret": scene.mark("secret")}
    ),
    "sessions.Session": _session,
    "admin.LogEntry": _admin_log,
}
