"""My connections, the requests that I received and sent, and what can be done about each."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.http import require_POST
from django.views.generic import FormView, TemplateView

from connect.connecting.own import ORDER, my_connections
from connect.connecting.standing import standing_of
from connect.forms.connections import ConnectionForm
from connect.models import Connection, DirectoryEntry, Introduction
from connect.people.finding import shown_people
from connect.people.shown import ShownPerson
from connect.permissions.connections import (
    can_answer_connection,
    can_request_connection,
    can_withdraw_connection,
)
from connect.services.connections import (
    ConnectionConflict,
    connection_accept,
    connection_decline,
    connection_end,
    connection_request,
    connection_withdraw,
    may_ask_again_on,
)
from connect.views.connection_access import account_of, other_person, person, seen_connection, words_of
from portal.core.paging import Keyset, KeysetPage
from portal.safety.services import LimitReached

NEWEST = Keyset(("-id",), size=20)
# Nobody counts further than that.
_COUNTED = 1_000


@dataclass(frozen=True)
class RequestRow:
    """A request beside the person who asked, or was asked."""

    connection: Connection
    person: ShownPerson
    is_findable: bool = True


class ConnectionsPage(LoginRequiredMixin, TemplateView):
    """One of the pages about one's connections, with how much waits on each of them."""

    section = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Count what waits for the reader's answer."""
        reader = person(self.request)
        return super().get_context_data(
            section=self.section,
            received_count=Connection.objects.received_by(reader)[:_COUNTED].count(),
            introduction_count=Introduction.objects.offered_to(reader)[:_COUNTED].count(),
            **kwargs,
        )


class ConnectionListView(ConnectionsPage):
    """Those whom the reader is connected with, by name."""

    template_name = "connect/connection_list.html"
    section = "connections"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Look for the words, and load one page."""
        reader, words = person(self.request), words_of(self.request)
        rows = my_connections(reader, words)
        page = ORDER.page(rows.only("id", "name"), self.request.GET.get("cursor", ""))
        shown = shown_people(reader, [row.pk for row in page.rows])
        return super().get_context_data(
            page=page,
            people=[shown[row.pk] for row in page.rows if row.pk in shown],
            total=rows.count(),
            words=words,
            **kwargs,
        )


class RequestListView(ConnectionsPage):
    """Those who want to connect with the reader, with their notes."""

    template_name = "connect/request_list.html"
    section = "received"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Load one page; whoever asks shows herself by it, though the directory may not have her."""
        reader = person(self.request)
        page = NEWEST.page(Connection.objects.received_by(reader), self.request.GET.get("cursor", ""))
        asking = [row.requester_id for row in page.rows]
        shown = shown_people(reader, asking, acquainted=asking)
        listed = set(
            DirectoryEntry.objects.filter(user_id__in=asking, audience="members").values_list(
                "user_id", flat=True
            )
        )
        rows = [
            RequestRow(row, shown[row.requester_id], row.requester_id in listed)
            for row in page.rows
            if row.requester_id in shown
        ]
        return super().get_context_data(page=page, rows=rows, **kwargs)


class SentRequestsView(ConnectionsPage):
    """Those whom the reader asked lately and who have not said yes."""

    template_name = "connect/request_sent.html"
    section = "sent"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Load one page; what was declined stands there like what nobody has answered."""
        reader = person(self.request)
        page = NEWEST.page(Connection.objects.sent_by(reader), self.request.GET.get("cursor", ""))
        return super().get_context_data(page=page, rows=_asked_rows(reader, page), **kwargs)


def _asked_rows(reader: Any, page: KeysetPage[Connection]) -> list[RequestRow]:
    shown = shown_people(reader, [row.recipient_id for row in page.rows])
    return [RequestRow(row, shown[row.recipient_id]) for row in page.rows if row.recipient_id in shown]


class ConnectionRequestView(LoginRequiredMixin, FormView):
    """Asks somebody to connect, with a note."""

    form_class = ConnectionForm
    template_name = "connect/connection_request.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Find the person, and send away whoever is connected with her or has asked her already."""
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        self.shown = other_person(request, kwargs["public_id"])
        self.standing = standing_of(request.user, self.shown.user_id)
        if self.standing.state in ("connected", "sent"):
            return self._already(request)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show the person, and why it cannot be, where it cannot."""
        decision = can_request_connection(self.request.user, self.shown.user_id)
        return super().get_context_data(
            person=self.shown, standing=self.standing, decision=decision, **kwargs
        )

    def form_valid(self, form: ConnectionForm) -> HttpResponse:
        """Ask; what meanwhile happened or may not be is said on the page, with the note kept."""
        can_request_connection(self.request.user, self.shown.user_id).require()
        try:
            made = connection_request(
                requester=person(self.request), recipient=account_of(self.shown), **form.cleaned_data
            )
        except (ConnectionConflict, LimitReached) as refused:
            form.add_error(None, str(refused))
            return self.form_invalid(form)
        if made.status == Connection.Status.ACCEPTED:
            text = _("Ya están en contacto: %(name)s también quería conectarse con vos.")
        else:
            text = _("Se lo pedimos a %(name)s. Te avisamos si acepta.")
        messages.success(self.request, text % {"name": self.shown.name})
        return redirect(self.shown.url)

    def _already(self, request: HttpRequest) -> HttpResponse:
        if self.standing.state == "connected":
            text = _("Ya están en contacto con %(name)s.")
        else:
            text = _("Ya le pediste a %(name)s conectarse. Sin respuesta por ahora.")
        messages.info(request, text % {"name": self.shown.name})
        return redirect(self.shown.url)


class ConnectionWithdrawView(LoginRequiredMixin, View):
    """Takes a request back, after saying what that means."""

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """Ask once."""
        found = _own_request(request, public_id)
        shown = shown_people(request.user, [found.recipient_id]).get(found.recipient_id)
        if shown is None or found.status not in Connection.WAITING_FOR_REQUESTER:
            return redirect("connect:request-sent")
        context = {"connection": found, "person": shown, "again_on": may_ask_again_on(found)}
        return render(request, "connect/connection_withdraw.html", context)

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """Take it back."""
        found = _own_request(request, public_id)
        try:
            connection_withdraw(connection=found, actor=person(request))
        except ConnectionConflict as conflict:
            messages.info(request, str(conflict))
            return redirect("connect:connection-list")
        messages.success(request, _("Retiraste el pedido."))
        return redirect("connect:request-sent")


def _own_request(request: HttpRequest, public_id: UUID) -> Connection:
    found = seen_connection(request, public_id)
    if not can_withdraw_connection(request.user, found):
        raise Http404
    return found


class ConnectionEndView(LoginRequiredMixin, View):
    """Ends a connection, after saying what that means."""

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """Ask once."""
        shown = other_person(request, public_id)
        if not shown.is_connection:
            return redirect(shown.url)
        return render(request, "connect/connection_end.html", {"person": shown})

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """End it; a second time nothing is left to end."""
        shown = other_person(request, public_id)
        connection_end(one=person(request), other_id=shown.user_id)
        messages.success(
            request, _("Ya no están en contacto con %(name)s. No le avisamos.") % {"name": shown.name}
        )
        return redirect("connect:connection-list")


@require_POST
@login_required
def connection_answer(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say yes or no to who asked; no is told to nobody."""
    found = seen_connection(request, public_id)
    can_answer_connection(request.user, found).require()
    name = found.requester.name
    try:
        if request.POST.get("accion") == "aceptar":
            connection_accept(connection=found, actor=person(request))
            messages.success(request, _("Ya están en contacto con %(name)s.") % {"name": name})
        else:
            connection_decline(connection=found, actor=person(request))
            messages.success(request, _("Listo. No le avisamos de tu decisión."))
    except ConnectionConflict as conflict:
        messages.info(request, str(conflict))
    return redirect("connect:request-list")
