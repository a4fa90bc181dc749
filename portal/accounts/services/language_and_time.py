"""The language that a person is written to in, and the clock she lives by."""

from django.db import transaction

from portal.accounts.models import User
from portal.core.events import announce, time_zone_changed


def account_language_set(*, user: User, language: str) -> User:
    """Keep the language that a person's notices and e-mails are written in, and that her next session begins in.

    Args:
        user: the account.
        language: code of one of the portal's languages.
    """
    return account_language_and_time_save(user=user, language=language, time_zone=user.time_zone)


@transaction.atomic
def account_language_and_time_save(*, user: User, language: str, time_zone: str) -> User:
    """Keep a person's language and time zone, and announce where her hours are others; what is as it was is left.

    Args:
        user: the account.
        language: code of one of the portal's languages.
        time_zone: IANA name of a zone.
    """
    if (user.language, user.time_zone) == (language, time_zone):
        return user
    if user.time_zone != time_zone:
        announce(time_zone_changed, user_id=user.pk)
    user.language, user.time_zone = language, time_zone
    user.save(update_fields=["language", "time_zone"])
    return user
