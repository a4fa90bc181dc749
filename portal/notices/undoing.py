"""What lets whoever stopped e-mails from an e-mail take it back, without signing in."""

from collections.abc import Mapping
from datetime import timedelta

from django.core import signing

from portal.accounts.models import User

SALT = "portal.notices.undo"
VALID_FOR = timedelta(days=30)


def undo_token(user: User, modes: Mapping[str, str]) -> str:
    """Return what brings these kinds back to when they were sent before, for this person, and nothing else."""
    return signing.dumps({"user": str(user.public_id), "modes": dict(modes)}, salt=SALT)


def read_undo_token(token: str, user: User) -> dict[str, str]:
    """Return when each kind was sent.

    Raises:
        BadSignature: we did not write it, not for this person, or too long ago.
    """
    content = signing.loads(token, salt=SALT, max_age=VALID_FOR)
    if content["user"] != str(user.public_id):
        raise signing.BadSignature("It was written for somebody else.")
    return dict(content["modes"])
