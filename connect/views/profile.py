"""One's own profile: how it stands, who sees what of it, and being found."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView

from connect.forms.profile import PauseForm
from connect.people.completeness import completeness_of
from connect.people.contributions import contributions_of
from connect.people.finding import shown_to_circle
from connect.services.profiles import (
    availability_pause,
    availability_resume,
    profile_join_directory,
    profile_leave_directory,
    profile_of,
)
from connect.visibility import Circle, may_see
from portal.accounts.affiliation import is_network_member
from portal.accounts.models import User
from portal.catalog.reading_level import ReadingLevel, SharedReader

# Who looks, by the word in the address: her circle, and a reader who stands for all of it in the catalogue.
PREVIEWS = {
    "cualquiera": (gettext_lazy("Cualquier persona"), Circle.PUBLIC, AnonymousUser()),
    "integrantes": (gettext_lazy("Integrantes"), Circle.MEMBER, SharedReader(ReadingLevel.MEMBER)),
    "conexiones": (gettext_lazy("Tus conexiones"), Circle.CONNECTION, SharedReader(ReadingLevel.MEMBER)),
}
USUAL_PREVIEW = "integrantes"


class OwnProfileView(LoginRequiredMixin, TemplateView):
    """A person's own profile: whether she is found, what is missing, and how others see her."""

    template_name = "connect/profile.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather her profile, and how the chosen readers see it."""
        user = cast(User, self.request.user)
        profile = profile_of(user=user)
        asked = self.request.GET.get("ver", "")
        chosen = asked if asked in PREVIEWS else USUAL_PREVIEW
        _label, circle, reader = PREVIEWS[chosen]
        person = shown_to_circle(user, circle)
        return super().get_context_data(
            profile=profile,
            completeness=completeness_of(profile),
            waits_for_municipality=not (user.is_staff or is_network_member(user)),
            is_name_found=may_see(Circle.MEMBER, profile.visibility, "name"),
            previews=[(word, label) for word, (label, _circle, _reader) in PREVIEWS.items()],
            chosen=chosen,
            person=person,
            contributions=contributions_of(reader, person) if person else None,
            **{"pause": PauseForm(), **kwargs},
        )


class PauseView(OwnProfileView):
    """A pause from messages, begun and ended with one button of the profile."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Lead back to the profile whoever loads the answer to a day that was refused again."""
        return redirect("connect:profile")

    def post(self, request: HttpRequest) -> HttpResponse:
        """Begin it or end it; a day that has passed is told beside its field."""
        user = cast(User, request.user)
        if request.POST.get("accion") == "terminar":
            availability_resume(user=user)
            messages.success(request, _("Terminó la pausa: ya te pueden escribir."))
            return redirect("connect:profile")
        form = PauseForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(pause=form), status=422)
        availability_pause(user=user, until=form.cleaned_data["until"])
        messages.success(request, _("Listo: por ahora solo te escriben tus conexiones."))
        return redirect("connect:profile")


@login_required
@require_POST
def put_off_profile(request: HttpRequest) -> HttpResponse:
    """Invite her no more to tell of herself; what she may do about it stays where it is."""
    profile_of(user=cast(User, request.user))
    messages.success(
        request, _("Listo, no te lo preguntamos más. Cuando quieras, tu perfil está en Conectarme.")
    )
    return redirect("pages:home")


@login_required
@require_POST
def join_directory(request: HttpRequest) -> HttpResponse:
    """Let others find her."""
    user = cast(User, request.user)
    profile_join_directory(user=user)
    if user.is_staff or is_network_member(user):
        messages.success(request, _("Listo: ya te encuentran en el directorio y en la búsqueda."))
    else:
        messages.success(
            request,
            _("Lo anotamos. Vas a aparecer en el directorio en cuanto te confirmen en tu municipio."),
        )
    return redirect("connect:profile")


@login_required
@require_POST
def leave_directory(request: HttpRequest) -> HttpResponse:
    """Let nobody find her any more."""
    profile_leave_directory(user=cast(User, request.user))
    messages.success(
        request,
        _(
            "Ya no aparecés en el directorio ni en la búsqueda. Lo que escribiste queda guardado por si volvés."
        ),
    )
    return redirect("connect:profile")
