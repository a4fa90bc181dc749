"""Questions asked of people and memberships."""

from typing import TYPE_CHECKING, Any, Self

from django.contrib.auth.base_user import BaseUserManager
from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from portal.accounts.models import User


class UserQuerySet(models.QuerySet):
    """People."""

    def with_email(self, email: str) -> Self:
        """Only the person with this address, capitals aside."""
        return self.filter(email=email.strip().lower())

    def staff(self) -> Self:
        """Only the network's own team."""
        return self.filter(is_staff=True, is_active=True)

    def samples(self) -> Self:
        """Only invented accounts."""
        return self.filter(is_sample=True)


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Makes accounts."""

    def get_by_natural_key(self, email: str | None) -> "User":
        """Find the account to sign in to, capitals aside."""
        return self.get(email=(email or "").lower())

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make an account that can sign in once its address is confirmed."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make an account for the person who runs the installation."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class MembershipQuerySet(models.QuerySet):
    """Memberships."""

    def active(self) -> Self:
        """Only those of people who work there now."""
        return self.filter(status="active")

    def requested(self) -> Self:
        """Only those that wait for a decision."""
        return self.filter(status="requested")

    def open(self) -> Self:
        """Only those of people who work there now or wait to."""
        return self.filter(status__in=["requested", "active"])

    def coordinators(self) -> Self:
        """Only active coordinators'."""
        return self.active().filter(role="coordinator")

    def visible_to(self, user: Any) -> Self:
        """Those a person may see: her own, all of the municipalities she coordinates, and everything for staff."""
        if not user.is_authenticated:
            return self.none()
        if user.is_staff:
            return self.all()
        return self.filter(Q(user=user) | self._in_coordinated(user))

    def managed_by(self, user: Any) -> Self:
        """Those a person decides about: the municipalities she coordinates, and everything for staff."""
        if not user.is_authenticated:
            return self.none()
        return self.all() if user.is_staff else self.filter(self._in_coordinated(user))

    def matching(self, text: str) -> Self:
        """Only those whose person, position or municipality contains each of the words."""
        found = self
        # The database takes no NUL.
        for word in text.replace("\0", " ").split():
            found = found.filter(
                Q(user__name__icontains=word)
                | Q(user__email__icontains=word)
                | Q(position__icontains=word)
                | Q(municipality__name__icontains=word)
            )
        return found

    def with_history(self) -> Self:
        """Bring along what a page about memberships shows, in a fixed number of queries."""
        return self.select_related("user", "municipality").prefetch_related("areas", "changes__actor")

    def _in_coordinated(self, user: Any) -> Q:
        memberships: Any = self.model._default_manager
        coordinated = memberships.coordinators().filter(user=user)
        return Q(municipality_id__in=coordinated.values("municipality_id"))


class MunicipalityDomainQuerySet(models.QuerySet):
    """E-mail domains of municipalities."""

    def approving(self, domains: list[str]) -> Self:
        """Only those among these domains where a confirmed address is enough to join."""
        return self.filter(domain__in=domains, approves_members=True)
