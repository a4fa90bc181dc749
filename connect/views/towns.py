"""The page of a municipality, what it shows of a kind, and writing it."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView

from connect.audience import reader_circle
from connect.forms.towns import TownForm
from connect.permissions.towns import can_edit_town
from connect.services.towns import town_update
from connect.towns.page import (
    people_in,
    population_source,
    profile_of_town,
    similar_to,
    things_of,
    waiting_in,
)
from connect.towns.reading import thing_kinds, town_things
from connect.visibility import Circle
from portal.accounts.affiliation import works_in
from portal.accounts.models import User
from portal.core.paging import Keyset
from portal.places.models import Municipality

THINGS = Keyset(("-published_at", "-id"), size=20)
# The longest key that the database holds.
_MOST_DIGITS = 18


def town_or_404(pk: int) -> Municipality:
    """Return a municipality.

    Raises:
        Http404: there is none with this key.
    """
    if len(str(pk)) > _MOST_DIGITS:
        raise Http404
    return get_object_or_404(Municipality.objects.select_related("country"), pk=pk)


class TownDetailView(TemplateView):
    """A municipality as this reader finds it: what it says, who works there, what it has to show."""

    template_name = "connect/town_detail.html"
    is_public_page = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather its parts; the number of queries does not depend on how much there is."""
        town, reader = town_or_404(self.kwargs["pk"]), self.request.user
        self.people = people_in(town, reader)
        profile, things = profile_of_town(town), things_of(town, reader)
        return super().get_context_data(
            town=town,
            profile=profile,
            people=self.people,
            things=things,
            # One of the world's many towns of which nothing is known here is nothing for search engines.
            is_known=bool(profile.pk or self.people.everybody or things),
            similar=similar_to(town, reader),
            population_source=population_source(town) if town.population else "",
            waiting=waiting_in(town, reader),
            works_here=works_in(reader, town),
            is_member=reader_circle(reader) >= Circle.MEMBER,
            canonical=self.request.build_absolute_uri(reverse("connect:town-detail", args=[town.pk])),
            **kwargs,
        )

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """Let nobody keep a page with people on it: whoever leaves the directory is off it the next moment."""
        response = super().render_to_response(context, **kwargs)
        if self.people.everybody:
            response.headers["Cache-Control"] = "private, no-cache"
        return response


class TownThingsView(TemplateView):
    """Everything of one kind that a municipality has to show, a page at a time."""

    template_name = "connect/town_things.html"
    is_public_page = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Find the things, the newest first."""
        town = town_or_404(self.kwargs["pk"])
        kind = next((each for each in thing_kinds() if each.id == self.kwargs["kind"]), None)
        if kind is None:
            raise Http404
        found = town_things(self.request.user).of_kind(kind.id).filter(municipality=town)
        rows = found.select_related("country").defer("body", "search")
        return super().get_context_data(
            town=town,
            chosen=kind,
            total=found.count(),
            page=THINGS.page(rows, self.request.GET.get("cursor", "")),
            **kwargs,
        )


class TownEditView(LoginRequiredMixin, FormView):
    """Writes what a municipality says of itself, for whoever coordinates it."""

    form_class = TownForm
    template_name = "connect/town_form.html"
    town: Municipality

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Ask for a sign-in, then find the municipality and check the permission."""
        if request.user.is_authenticated:
            can_edit_town(request.user, kwargs["pk"]).require()
            self.town = town_or_404(kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        """Begin with what it says now."""
        profile = profile_of_town(self.town)
        return {name: getattr(profile, name) for name in TownForm.base_fields}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the page the municipality."""
        return super().get_context_data(town=self.town, **kwargs)

    def form_valid(self, form: TownForm) -> HttpResponse:
        """Keep it, and show the page as everybody sees it."""
        town_update(municipality=self.town, actor=cast(User, self.request.user), **form.cleaned_data)
        messages.success(self.request, _("Guardamos la página de %(town)s.") % {"town": self.town.name})
        return redirect("connect:town-detail", pk=self.town.pk)
