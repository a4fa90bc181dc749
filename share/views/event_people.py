"""Who comes to an event: the list of its organisers, taking somebody off it and putting somebody on it."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView, View

from portal.accounts.colleagues import colleagues_found, colleagues_shown
from portal.accounts.models import User
from portal.core.tabular.writing import csv_pieces
from portal.core.tabular.writing_workbook import workbook_pieces
from share.forms.registrations import TakeOffForm
from share.models import Event, Registration, RegistrationQuestion
from share.permissions.registrations import can_register_others, can_see_people
from share.registrations.people_list import (
    group_named,
    groups_of,
    people_page,
    people_shown,
    table_rows,
    titles,
)
from share.services.registrations import RegistrationConflict, registration_set, registration_take_off
from share.views.registrations import seen_event

MOST_LETTERS = 100
_CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# Everybody who counts on it; whoever said no is of nobody's table.
_IN_TABLE = ("going", "offered", "waiting", "interested")


class OrganisersView(LoginRequiredMixin):
    """A page for the organisers of an event."""

    request: HttpRequest
    kwargs: dict[str, Any]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let organisers in; who cannot see the event learns nothing of it."""
        if request.user.is_authenticated:
            can_see_people(request.user, self.event).require()
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc,no-any-return]

    @cached_property
    def event(self) -> Event:
        """The event that the page is about."""
        return seen_event(self.request, self.kwargs["pk"])

    @property
    def organiser(self) -> User:
        """Who is behind the request."""
        return cast(User, self.request.user)

    @property
    def words(self) -> str:
        """What she looks for."""
        return self.request.GET.get("q", "")[:MOST_LETTERS].strip()


class EventPeopleView(OrganisersView, TemplateView):
    """Who goes, waits, is interested or does not go, with what they answered."""

    template_name = "share/event_people.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Load one page of one group."""
        group = group_named(self.request.GET.get("estado", ""))
        questions = list(RegistrationQuestion.objects.filter(event=self.event))
        page = people_page(self.event, group, self.words, self.request.GET.get("cursor", ""))
        return super().get_context_data(
            event=self.event,
            group=group,
            groups=groups_of(self.event),
            page=page,
            people=people_shown(self.request.user, page.rows, questions),
            words=self.words,
            seats=self.event.seats,
            may_add=can_register_others(self.request.user, self.event),
            **kwargs,
        )


class EventPeopleExportView(OrganisersView, View):
    """Everybody who counts on the event, as a table."""

    ending = "csv"
    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Send the file, row by row."""
        questions = list(RegistrationQuestion.objects.filter(event=self.event))
        rows = table_rows(self.event, _IN_TABLE, questions)
        head = titles(questions)
        if self.ending == "xlsx":
            pieces = workbook_pieces(head, rows, sheet_name=_("Personas"))
        else:
            pieces = csv_pieces(head, rows)
        response = StreamingHttpResponse(
            [] if request.method == "HEAD" else pieces, content_type=_CONTENT_TYPES[self.ending]
        )
        name = f"encuentro-{self.event.pk}-{timezone.localdate():%Y-%m-%d}.{self.ending}"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        response.headers["Cache-Control"] = "no-store"
        if self.ending == "xlsx":
            # This keeps the compressing middleware away.
            response.headers["Content-Encoding"] = "identity"
        return response


class PersonAddView(OrganisersView, TemplateView):
    """Puts a colleague on the list, as if she had done it herself: behind who waits already."""

    template_name = "share/event_person_add.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Find the colleagues whom the organiser may know by these words, and how each stands."""
        found = colleagues_found(self.request.user, self.words) if self.words else []
        keys = [one.user_id for one in found]
        stands = Registration.objects.filter(event=self.event, user__in=keys)
        statuses = {row.user_id: row.get_status_display() for row in stands}
        return super().get_context_data(
            event=self.event,
            words=self.words,
            people=[(one, statuses.get(one.user_id, "")) for one in found],
            decision=can_register_others(self.request.user, self.event),
            **kwargs,
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Register the chosen one."""
        key = request.POST.get("persona", "")
        person = User.objects.filter(pk=int(key) if key.isdecimal() and len(key) < 18 else 0).first()
        if person is None or person.pk not in {*colleagues_shown(request.user, [person.pk]), request.user.pk}:
            messages.warning(request, _("No encontramos a esa persona. Buscala otra vez por su nombre."))
            return redirect("share:event-person-add", pk=pk)
        try:
            made = registration_set(
                event=self.event, user=person, wanted=Registration.Status.GOING, by=self.organiser
            )
        except RegistrationConflict as refused:
            messages.warning(request, str(refused))
            return redirect("share:event-person-add", pk=pk)
        told = {
            Registration.Status.GOING: _("%(name)s tiene su lugar. Le avisamos."),
            Registration.Status.WAITING: _(
                "No quedan lugares libres: %(name)s quedó en la lista. Le avisamos."
            ),
        }
        messages.success(request, told[Registration.Status(made.status)] % {"name": person.get_full_name()})
        return redirect("share:event-people", pk=pk)


class PersonTakeOffView(OrganisersView, FormView):
    """Takes somebody off the list, after saying what that means and asking why."""

    form_class = TakeOffForm
    template_name = "share/event_person_take_off.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the person."""
        return super().get_context_data(event=self.event, registration=self.registration, **kwargs)

    def form_valid(self, form: TakeOffForm) -> HttpResponse:
        """Take her off; a second time nothing is left to do."""
        can_register_others(self.organiser, self.event).require()
        registration_take_off(
            registration=self.registration, by=self.organiser, reason=form.cleaned_data["reason"]
        )
        messages.success(
            self.request,
            _("%(name)s ya no está en la lista. Le avisamos por qué.")
            % {"name": self.registration.user.get_full_name()},
        )
        return redirect("share:event-people", pk=self.event.pk)

    @cached_property
    def registration(self) -> Registration:
        """Whom it is about."""
        rows = Registration.objects.filter(event=self.event).select_related("user", "event")
        return get_object_or_404(rows, pk=self.kwargs["registration"])
