"""How people want to get their notices."""

from collections.abc import Mapping

from portal.accounts.models import User
from portal.notices.kinds import NoticeKind, notice_kinds
from portal.notices.models import NoticePreference

# Whether it is shown in the portal, and when it goes by e-mail.
Ways = tuple[bool, str]


def preferences_of(*, user: User) -> list[tuple[NoticeKind, Ways]]:
    """Return each kind with whether this person gets it in the portal and by e-mail."""
    chosen = {
        wish.kind: (wish.in_portal, wish.email) for wish in NoticePreference.objects.filter(user=user)
    }
    return [
        (kind, chosen.get(kind.id, defaults) if kind.is_optional else defaults)
        for kind in notice_kinds
        for defaults in [(kind.in_portal, kind.email)]
    ]


def preferences_save(*, user: User, wishes: Mapping[str, Ways]) -> None:
    """Keep what a person chose, by kind; kinds that are not optional stay as they are."""
    rows = [
        NoticePreference(user=user, kind=kind.id, in_portal=ways[0], email=ways[1])
        for kind in notice_kinds
        if kind.is_optional and (ways := wishes.get(kind.id)) is not None
    ]
    NoticePreference.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["user", "kind"], update_fields=["in_portal", "email"]
    )


def email_turn_off(*, user: User, kind: NoticeKind) -> NoticePreference:
    """Stop the e-mails of one kind for a person, leaving the notices in the portal as she has them."""
    wish, _created = NoticePreference.objects.update_or_create(
        user=user,
        kind=kind.id,
        defaults={"email": "never"},
        create_defaults={"email": "never", "in_portal": kind.in_portal},
    )
    return wish
