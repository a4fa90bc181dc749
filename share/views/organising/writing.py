"""Making an encounter and changing what it says."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.forms import BoundField
from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.generic import FormView

from portal.accounts.models import User
from portal.core.markdown import markdown_html
from portal.core.plain_text import without_hidden
from share.forms.events import EventForm
from share.forms.events.event import event_initial
from share.models import Event
from share.organising.history import Step, steps_of
from share.organising.making import event_begin, event_save
from share.permissions.events import can_create_event
from share.services.events import EventStale, newest_change_id
from share.services.events.notices import concerned_count
from share.services.seats import SeatsConflict
from share.services.series import DayIsTheRules
from share.times import TimeRefused, shown_twice
from share.views.organising.access import OrganiserMixin, person

PREVIEW = "ver"


class EventWriting(FormView):
    """What both pages of the form have in common."""

    form_class = EventForm
    template_name = "share/event_form.html"
    event: Event | None = None

    def get_form_kwargs(self) -> dict[str, Any]:
        """Say who writes."""
        return {**super().get_form_kwargs(), "reader": person(self.request), "event": self.event}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show how the description will look, or save."""
        if request.POST.get("accion") != PREVIEW:
            return super().post(request, *args, **kwargs)
        text = without_hidden(request.POST.get("description", ""))
        form = self.get_form()
        # Nothing is judged while she looks.
        form._errors = ErrorDict()  # type: ignore[attr-defined]
        return self.render_to_response(self.get_context_data(form=form, preview=markdown_html(text)))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Lay the form out in sections."""
        context = super().get_context_data(**kwargs)
        form = cast(EventForm, context["form"])
        sections: list[tuple[str | Promise, list[BoundField]]] = [
            (label, [form[name] for name in names]) for label, names in form.SECTIONS
        ]
        if "repeat" in form.fields:
            sections.append((_("Repetición"), [form[name] for name in form.REPEATING]))
        return {**context, "sections": sections}

    def saved(self, event: Event) -> HttpResponse:
        """Lead to the desk, and say which of two hours was meant where the clock shows one twice."""
        if shown_twice(event.start_date, event.start_time, event.time_zone):
            messages.info(
                self.request,
                _("Ese día el reloj muestra dos veces las %(time)s: tomamos la primera.")
                % {"time": f"{event.start_time:%H:%M}"},
            )
        return redirect("share:event-manage", event.pk)


class EventCreateView(LoginRequiredMixin, EventWriting):
    """Makes a draft."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Ask whether she may organise.

        Raises:
            PermissionDenied: she may not.
        """
        if request.user.is_authenticated:
            can_create_event(request.user).require()
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        """Propose what most want."""
        user = cast(User, self.request.user)
        return {
            "kind": Event.Kind.WEBINAR,
            "language": user.language,
            "time_zone": user.time_zone,
            "visibility": Event.Visibility.PUBLIC,
            "offer_hours": 24,
        }

    def form_valid(self, form: EventForm) -> HttpResponse:
        """Make it; sent twice, it is one."""
        event = event_begin(form=form, actor=person(self.request))
        messages.success(self.request, _("Guardamos el borrador. Nadie lo ve hasta que lo publiques."))
        return self.saved(event)


class EventEditView(OrganiserMixin, EventWriting):
    """Changes what an event says, this one alone or with those that follow."""

    event: Event

    def get_initial(self) -> dict[str, Any]:
        """Show it as it is, and note what was seen."""
        return {**event_initial(self.event), "seen": newest_change_id(self.event)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say how many people a change concerns, and whether others follow."""
        series = self.event.series
        after = self.event.occurrence_on or self.event.start_date
        has_following = series is not None and series.events.filter(occurrence_on__gt=after).exists()
        return super().get_context_data(
            concerned=concerned_count([self.event]) if self.event.is_published else 0,
            has_following=has_following,
            scope=self.request.POST.get("scope", "this"),
            **kwargs,
        )

    def form_valid(self, form: EventForm) -> HttpResponse:
        """Save, unless somebody else did meanwhile: then nothing is lost, and both versions are before her."""
        try:
            event_save(
                event=self.event,
                form=form,
                actor=person(self.request),
                with_following=self.request.POST.get("scope") == "following",
            )
        except EventStale as stale:
            return self._stale(form, stale)
        except SeatsConflict as conflict:
            form.add_error("capacity", str(conflict))
            return self.form_invalid(form)
        except DayIsTheRules as refused:
            form.add_error("start_date", str(refused))
            return self.form_invalid(form)
        except TimeRefused as refused:
            # On the day of one of those that follow the clock jumps over this hour; the message names it.
            form.add_error(refused.field, str(refused))
            return self.form_invalid(form)
        messages.success(self.request, _("Guardado."))
        self.event.refresh_from_db()
        return self.saved(self.event)

    def _stale(self, form: EventForm, stale: EventStale) -> HttpResponse:
        self.event.refresh_from_db()
        steps: list[Step] = steps_of(person(self.request), stale.changes)
        data = self.request.POST.copy()
        data["seen"] = str(newest_change_id(self.event))
        form.data = data
        present = event_initial(self.event)
        names = [name for change in stale.changes for name in change.fields if name in form.fields]
        theirs = [(form[name].label, _shown(form, name, present[name])) for name in dict.fromkeys(names)]
        return self.render_to_response(self.get_context_data(form=form, stale=steps, theirs=theirs))


def _shown(form: EventForm, name: str, value: Any) -> str:
    """Return what a field says now, as its form writes it."""
    if isinstance(value, list):
        return ", ".join(value) or "—"
    choices: dict[Any, Any] = dict(getattr(form.fields[name], "choices", ()))
    shown = choices.get(value, form[name].field.prepare_value(value))
    return "—" if shown in (None, "") else str(shown)
