"""Who a session belongs to."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.postgres.aggregates import JSONBAgg
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject

from portal.accounts.affiliation import remember_affiliation
from portal.accounts.models import Membership, User


class AffiliatedBackend(AuthenticationBackend):
    """Signs in by e-mail, and reads the person of a session together with where she works: every request asks both."""

    def get_user(self, user_id: Any) -> User | None:
        """Return the person, if she may sign in, with her affiliation at hand."""
        memberships = (
            Membership.objects.active()
            .filter(user_id=OuterRef("pk"))
            .order_by()
            .values("user_id")
            .annotate(all=JSONBAgg(JSONObject(municipality="municipality_id", role="role")))
            .values("all")
        )
        user = User.objects.filter(pk=user_id).annotate(working_at=Subquery(memberships)).first()
        if user is None or not self.user_can_authenticate(user):
            return None
        remember_affiliation(user, {item["municipality"]: item["role"] for item in user.working_at or []})
        return user
