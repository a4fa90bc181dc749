"""Who a session belongs to."""

import json
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from portal.accounts.affiliation import remember_affiliation
from portal.accounts.models import User

# Written out, because every request of a signed-in person asks it: composed by the ORM, it takes three times as long.
_PERSON = """
    SELECT person.*, (
        SELECT jsonb_object_agg(membership.municipality_id, membership.role)
        FROM accounts_membership AS membership
        WHERE membership.user_id = person.id AND membership.status = 'active'
    ) AS working_at
    FROM accounts_user AS person WHERE person.id = %s
"""


class AffiliatedBackend(AuthenticationBackend):
    """Signs in by e-mail, and reads the person of a session together with where she works."""

    def get_user(self, user_id: Any) -> User | None:
        """Return the person, if she may sign in, with her affiliation at hand."""
        for user in User.objects.raw(_PERSON, [user_id]):
            if self.user_can_authenticate(user):
                working_at: dict[str, str] = json.loads(user.working_at or "{}")
                remember_affiliation(user, {int(key): role for key, role in working_at.items()})
                return user
        return None
