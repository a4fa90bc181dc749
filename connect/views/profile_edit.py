"""Writing one's own profile."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from connect.forms.profile import ProfileForm
from connect.models import Profile
from connect.people.sections import SECTION_IDS, SECTIONS
from connect.services.profiles import photo_remove, photo_set, profile_of, profile_save
from connect.visibility import Level
from portal.accounts.models import Membership, User
from portal.files.pictures import picture_of


class ProfileEditView(LoginRequiredMixin, View):
    """The whole profile on one page; every button saves all of it, so that nothing typed elsewhere is lost."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show what is written so far."""
        profile = profile_of(user=cast(User, request.user))
        return self._page(ProfileForm(profile=profile), profile)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep it; what does not hold is shown again with its reason, and nothing but a good photo is kept."""
        user = cast(User, request.user)
        if "quitar-foto" in request.POST:
            photo_remove(user=user)
            messages.success(request, _("Sacamos tu foto."))
            return redirect(f"{reverse('connect:profile-edit')}#foto")
        form = ProfileForm(request.POST, request.FILES, profile=profile_of(user=user))
        is_valid = form.is_valid()
        # A file that was chosen cannot be shown again in its box: a good one is kept whatever else is wrong.
        if photo := form.cleaned_data.get("photo"):
            photo_set(user=user, upload=photo)
        if not is_valid:
            return self._page(form, profile_of(user=user), status=422)
        profile_save(user=user, values=form.values, levels=form.levels)
        messages.success(request, _("Guardamos tu perfil."))
        section = request.POST.get("seccion", "")
        if section in SECTION_IDS:
            return redirect(f"{reverse('connect:profile-edit')}#{section}")
        return redirect("connect:profile")

    def _page(self, form: ProfileForm, profile: Profile, status: int = 200) -> HttpResponse:
        context = {
            "form": form,
            "profile": profile,
            "photo": picture_of(profile.photo) if profile.photo else None,
            "sections": [_section(section, form) for section in SECTIONS],
            "memberships": Membership.objects.active()
            .filter(user_id=profile.user_id)
            .select_related("municipality")
            .order_by("-started_on"),
            "levels": Level,
        }
        return render(self.request, "connect/profile_form.html", context, status=status)


def _section(section: Any, form: ProfileForm) -> dict[str, Any]:
    return {
        "section": section,
        "fields": [form[name] for name in section.fields],
        "levels": [form[f"level_{part}"] for part in section.parts],
    }
