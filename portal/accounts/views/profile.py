"""A person's own account."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.mixins import LoginRequiredMixin
from django.contrib.messages.views import SuccessMessageMixin
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, UpdateView

from portal.accounts.forms.account import ProfileForm
from portal.accounts.models import Membership, User
from portal.accounts.permissions import can_see_membership_requests
from portal.accounts.time_zones import known_zone, zone_label
from portal.accounts.views.access import reader


class ProfileView(LoginRequiredMixin, TemplateView):
    """Everything about one's account on one page."""

    template_name = "accounts/profile.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather memberships, requests that wait for her decision, and second steps of sign-in."""
        user = reader(self.request)
        memberships = list(Membership.objects.filter(user=user).order_by("-id").with_history())
        may_decide = can_see_membership_requests(user)
        return super().get_context_data(
            open_memberships=[row for row in memberships if row.is_open],
            past_memberships=[row for row in memberships if not row.is_open],
            may_decide=may_decide,
            waiting_requests=Membership.objects.managed_by(user).requested().count() if may_decide else 0,
            has_second_step=Authenticator.objects.filter(user=user)
            .exclude(type=Authenticator.Type.RECOVERY_CODES)
            .exists(),
            time_zone_label=zone_label(known_zone(user.time_zone) or settings.TIME_ZONE),
            **kwargs,
        )


class ProfileUpdateView(LoginRequiredMixin, SuccessMessageMixin, UpdateView):
    """Changes one's name."""

    form_class = ProfileForm
    template_name = "accounts/profile_form.html"
    success_url = reverse_lazy("accounts:profile")
    success_message = _("Guardamos tus datos.")

    def get_object(self, queryset: Any = None) -> User:
        """Take the reader's own account; a fresh copy, so that a refused name does not show in the page's head."""
        return User.objects.get(pk=reader(self.request).pk)
