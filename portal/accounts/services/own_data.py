"""What this app itself knows about a person: its export, and its erasure."""

from importlib import import_module
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.auth import SESSION_KEY
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db.models import F, Q
from django.utils import timezone

from portal.accounts.models import Membership, MembershipChange, User
from portal.accounts.services.memberships import membership_end

# Kept as it is in the database; pages translate it when they show an erased account.
ERASED_NAME = "Cuenta borrada"
# RFC 2606 keeps ".invalid" free of real domains for ever.
ERASED_DOMAIN = "borrada.invalid"
# A shorter name stands in too many words that are not about her.
SHORTEST_SIGN = 6


def export_account(user: User) -> dict[str, Any]:
    """Return the account, its addresses and its second steps of sign-in (never their secrets)."""
    return {
        "id": str(user.public_id),
        "name": user.name,
        "email": user.email,
        "date_joined": _moment(user.date_joined),
        "last_login": _moment(user.last_login),
        "language": user.language,
        "time_zone": user.time_zone,
        "is_staff": user.is_staff,
        "email_addresses": list(
            EmailAddress.objects.filter(user=user).values("email", "verified", "primary")
        ),
        "two_step_sign_in": [
            {
                "type": row.type,
                "created_at": _moment(row.created_at),
                "last_used_at": _moment(row.last_used_at),
            }
            for row in Authenticator.objects.filter(user=user)
        ],
    }


def export_memberships(user: User) -> list[dict[str, Any]]:
    """Return a person's memberships with their history."""
    rows = Membership.objects.filter(user=user).order_by("id").with_history()
    return [_exported_membership(row) for row in rows]


def erase_account(user: User) -> None:
    """End memberships, close every way to sign in, and replace name and address by where she worked last."""
    user.former_of = last_municipality(user)
    _erase_memberships(user)
    EmailAddress.objects.filter(user=user).delete()
    Authenticator.objects.filter(user=user).delete()
    _erase_admin_log(user)
    end_sessions(user)
    user.email = f"{user.public_id}@{ERASED_DOMAIN}"
    user.name = ERASED_NAME
    user.is_active = user.is_staff = user.is_superuser = False
    user.last_login = None
    user.language, user.time_zone = settings.LANGUAGE_CODE, settings.TIME_ZONE
    user.erased_at = timezone.now()
    user.set_unusable_password()
    user.save()
    user.groups.clear()
    user.user_permissions.clear()


def last_municipality(user: User) -> str:
    """Return the name of the municipality a person works in, or worked in last; empty where she never did.

    The network's record stays readable with it: the ordinance that a former official of Rafaela shared.
    """
    worked = Membership.objects.filter(user=user, status__in=["active", "left"])
    latest = worked.order_by(F("ended_on").desc(nulls_first=True), "-started_on", "-pk")
    membership = latest.select_related("municipality").first()
    return membership.municipality.name[:150] if membership else ""


def end_sessions(user: User) -> None:
    """Sign a person out everywhere, leaving no row that names her."""
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        if session.get_decoded().get(SESSION_KEY) == str(user.pk):
            # Through the store, so that its copy in the cache goes too.
            store.delete(session.session_key)


def _erase_memberships(user: User) -> None:
    for membership in Membership.objects.open().filter(user=user):
        membership_end(membership=membership, actor=user)
    # Position and areas would still tell who it was in a small town; reasons are free text about her.
    MembershipChange.objects.filter(membership__user=user).update(reason="")
    Membership.areas.through.objects.filter(membership__user=user).delete()
    Membership.objects.filter(user=user).update(position="")


def _erase_admin_log(user: User) -> None:
    kind = ContentType.objects.get_for_model(User)
    about_her = Q(content_type=kind, object_id=str(user.pk))
    # Of other things the log keeps how they were called, and a membership is called after its person.
    for sign in (user.name, user.email):
        if len(sign) >= SHORTEST_SIGN:
            about_her |= Q(object_repr__contains=sign) | Q(change_message__contains=sign)
    LogEntry.objects.filter(about_her).update(object_repr=ERASED_NAME, change_message="")


def _exported_membership(row: Membership) -> dict[str, Any]:
    return {
        "municipality": str(row.municipality),
        "position": row.position,
        "areas": [str(area) for area in row.areas.all()],
        "role": row.role,
        "status": row.status,
        "started_on": row.started_on.isoformat() if row.started_on else None,
        "ended_on": row.ended_on.isoformat() if row.ended_on else None,
        "history": [
            {
                "at": _moment(change.at),
                "from": change.from_status,
                "to": change.to_status,
                "role": change.to_role,
                "automatic": change.is_automatic,
                "reason": change.reason,
            }
            for change in row.changes.all()
        ],
    }


def _moment(value: Any) -> str | None:
    return timezone.localtime(value).isoformat(timespec="seconds") if value else None
