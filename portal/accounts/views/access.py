"""Finding the membership that a page is about, for those who may know of it."""

from typing import Any, cast
from uuid import UUID

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from portal.accounts.models import Membership, User
from portal.core.decision import Decision


def reader(request: HttpRequest) -> User:
    """Return the person behind a request whose view asked for a sign-in."""
    return cast(User, request.user)


def visible_membership(request: HttpRequest, public_id: UUID) -> Membership:
    """Return a membership that the reader may see.

    Raises:
        Http404: there is none, or it is none of her business.
    """
    rows = Membership.objects.visible_to(request.user).select_related("user", "municipality")
    return get_object_or_404(rows, public_id=public_id)


class MembershipFormMixin(LoginRequiredMixin):
    """A form about one membership, for those whom `decide` allows."""

    membership: Membership
    request: HttpRequest

    def decide(self) -> Decision:
        """Say whether the reader may do what the form does."""
        raise NotImplementedError

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Ask for a sign-in, then find the membership and check the permission."""
        if request.user.is_authenticated:
            self.membership = visible_membership(request, kwargs["public_id"])
            self.decide().require()
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the page the membership."""
        return super().get_context_data(membership=self.membership, **kwargs)  # type: ignore[misc]
