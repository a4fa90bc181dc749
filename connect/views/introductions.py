"""Introductions that concern the reader, and asking for one or making one."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import FormView

from connect.connecting.own import ORDER, my_connections
from connect.directory.reading import findable_by
from connect.forms.connections import TEAM, IntroduceForm, IntroductionAskForm, OfferForm
from connect.models import Introduction
from connect.people.finding import shown_people
from connect.people.shown import ShownPerson
from connect.permissions.connections import (
    can_answer_introduction,
    can_ask_introduction,
    can_make_introduction,
    can_propose_introduction,
    common_connections,
)
from connect.services.connections import ConnectionConflict
from connect.services.introduction_notices import TEAM as TEAM_NAME
from connect.services.introductions import (
    introduction_accept,
    introduction_ask,
    introduction_close,
    introduction_offer,
    introduction_propose,
)
from connect.views.connection_access import account_of, other_person, person, seen_introduction, words_of
from connect.views.connections import ConnectionsPage
from portal.accounts.models import User
from portal.core.paging import Keyset
from portal.safety.services import LimitReached

BEGUN = Keyset(("-id",), size=20)
# More than that nobody chooses from; searching finds the rest.
MOST_CHOICES = 12
MOST_WAITING = 50


@dataclass(frozen=True)
class IntroductionRow:
    """An introduction with those of its people whom the reader may know."""

    introduction: Introduction
    first: ShownPerson
    second: ShownPerson
    introducer: str | Promise
    offer_form: OfferForm | None = None

    @property
    def is_open(self) -> bool:
        """Whether it may still come about."""
        return self.introduction.is_open

    @property
    def other(self) -> ShownPerson:
        """The one of the two who is not the reader."""
        return self.second if self.first.is_self else self.first


class IntroductionListView(ConnectionsPage):
    """What waits for the reader's word, what she was asked to do, and what became of those she began."""

    template_name = "connect/introduction_list.html"
    section = "introductions"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Load each list, and all their people at once."""
        reader = person(self.request)
        everything = Introduction.objects.select_related("introducer")
        offered = list(everything.offered_to(reader).order_by("-id")[:MOST_WAITING])
        asked = list(everything.asked_of(reader).order_by("-id")[:MOST_WAITING])
        page = BEGUN.page(everything.begun_by(reader), self.request.GET.get("cursor", ""))
        people = _people_of(reader, [*offered, *asked, *page.rows])
        return super().get_context_data(
            offered=_rows(offered, people),
            asked=_rows(asked, people, with_form=True),
            page=page,
            begun=_rows(page.rows, people),
            **kwargs,
        )


def _people_of(reader: User, introductions: Iterable[Introduction]) -> dict[int, ShownPerson]:
    """Return everybody whom the reader may know: those she finds anyway, and those who turned to her by it."""
    keys: set[int] = set()
    turned: set[int] = set()
    for row in introductions:
        pair = {row.first_id, row.second_id}
        keys |= pair | ({row.introducer_id} if row.introducer_id else set())
        turned |= {key for key in pair if row.is_accepted_by(key)}
        turned |= {row.introducer_id} if row.introducer_id else set()
    return shown_people(reader, keys, acquainted=turned - {reader.pk})


def _rows(
    introductions: Iterable[Introduction], people: dict[int, ShownPerson], *, with_form: bool = False
) -> list[IntroductionRow]:
    return [
        IntroductionRow(
            introduction=row,
            first=people[row.first_id],
            second=people[row.second_id],
            introducer=_introducer(row, people),
            offer_form=OfferForm(initial={"note": row.note}, auto_id=f"id_{row.pk}_%s")
            if with_form
            else None,
        )
        for row in introductions
        if row.first_id in people and row.second_id in people
    ]


def _introducer(row: Introduction, people: dict[int, ShownPerson]) -> str | Promise:
    if row.introducer is None or row.introducer.is_staff:
        return TEAM_NAME
    shown = people.get(row.introducer_id or 0)
    return shown.name if shown else gettext_lazy("Alguien de la red")


@require_POST
@login_required
def introduction_answer(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say yes or no to meeting somebody, do what one was asked for, or let it be."""
    found = seen_introduction(request, public_id)
    action = request.POST.get("accion", "")
    try:
        if action == "aceptar":
            _accept(request, found)
        elif action == "presentar":
            _offer(request, found)
        else:
            introduction_close(introduction=found, actor=person(request))
            messages.success(request, _("Listo. A las demás personas solo les decimos que no prosperó."))
    except ConnectionConflict as conflict:
        messages.info(request, str(conflict))
    return redirect("connect:introduction-list")


def _accept(request: HttpRequest, found: Introduction) -> None:
    can_answer_introduction(request.user, found).require()
    made = introduction_accept(introduction=found, user=person(request))
    if made.status == Introduction.Status.MADE:
        messages.success(request, _("Las dos personas aceptaron: ya están en contacto y pueden escribirse."))
    else:
        messages.success(request, _("Aceptaste. Si la otra persona también acepta, te avisamos."))


def _offer(request: HttpRequest, found: Introduction) -> None:
    can_make_introduction(request.user, found).require()
    form = OfferForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.errors["note"])))
        return
    introduction_offer(introduction=found, actor=person(request), note=form.cleaned_data["note"])
    messages.success(request, _("Les propusimos conocerse. Te avisamos si aceptan."))


class IntroductionAskView(LoginRequiredMixin, FormView):
    """Asks somebody who knows both, or the network's team, to introduce the reader to a person."""

    form_class = IntroductionAskForm
    template_name = "connect/introduction_ask.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Find the person; whoever is connected with her needs no introduction."""
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        self.shown = other_person(request, kwargs["public_id"])
        if self.shown.is_connection:
            messages.info(request, _("Ya están en contacto con %(name)s.") % {"name": self.shown.name})
            return redirect(self.shown.url)
        can_ask_introduction(request.user, self.shown.user_id, None).require()
        common = common_connections(request.user, self.shown.user_id)
        self.helpers = sorted(shown_people(request.user, common).values(), key=lambda one: one.name)
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer those who could: only people whom the reader is connected with herself."""
        ways = [(str(one.public_id), _helper_line(one)) for one in self.helpers]
        return {**super().get_form_kwargs(), "ways": [*ways, (TEAM, str(TEAM_NAME))]}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show the person and who could help."""
        return super().get_context_data(person=self.shown, helpers=self.helpers, **kwargs)

    def form_valid(self, form: IntroductionAskForm) -> HttpResponse:
        """Ask, or say why not and keep what was written."""
        via = form.cleaned_data["via"]
        helper = next((one for one in self.helpers if str(one.public_id) == via), None)
        try:
            introduction_ask(
                user=person(self.request),
                person=account_of(self.shown),
                introducer=account_of(helper) if helper else None,
                note=form.cleaned_data["note"],
            )
        except (ConnectionConflict, LimitReached) as refused:
            form.add_error(None, str(refused))
            return self.form_invalid(form)
        messages.success(
            self.request,
            _("Se lo pedimos a %(name)s. Te avisamos si sale bien.") % {"name": helper or TEAM_NAME},
        )
        return redirect(self.shown.url)


def _helper_line(shown: ShownPerson) -> str:
    place = ", ".join(part for part in (shown.position, shown.municipality) if part)
    return f"{shown.name} · {place}" if place else shown.name


class IntroduceView(LoginRequiredMixin, FormView):
    """Introduces a person to somebody else whom the reader knows."""

    form_class = IntroduceForm
    template_name = "connect/introduce.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Find the one, and those to whom the reader could introduce her."""
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        self.shown = other_person(request, _uuid(request.GET.get("persona", "")))
        if not (request.user.is_staff or self.shown.is_connection):
            raise PermissionDenied(
                _("Podés presentar a personas con las que estés en contacto: conectate antes con las dos.")
            )
        self.choices = self._choices()
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the people found."""
        people = [(str(one.public_id), _helper_line(one)) for one in self.choices]
        return {**super().get_form_kwargs(), "people": people}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show the one, the words that were looked for and those found."""
        return super().get_context_data(
            person=self.shown, choices=self.choices, words=words_of(self.request), **kwargs
        )

    def form_valid(self, form: IntroduceForm) -> HttpResponse:
        """Propose it to both, or say why not and keep what was written."""
        chosen = next(one for one in self.choices if str(one.public_id) == form.cleaned_data["other"])
        can_propose_introduction(self.request.user, self.shown.user_id, chosen.user_id).require()
        try:
            introduction_propose(
                introducer=person(self.request),
                first=account_of(self.shown),
                second=account_of(chosen),
                note=form.cleaned_data["note"],
            )
        except (ConnectionConflict, LimitReached) as refused:
            form.add_error(None, str(refused))
            return self.form_invalid(form)
        messages.success(self.request, _("Les propusimos conocerse. Te avisamos si aceptan."))
        return redirect("connect:introduction-list")

    def _choices(self) -> list[ShownPerson]:
        reader, words = person(self.request), words_of(self.request)
        others: list[int] = list(
            my_connections(reader, words)
            .exclude(pk=self.shown.user_id)
            .order_by(*ORDER.fields)
            .values_list("pk", flat=True)[:MOST_CHOICES]
        )
        if reader.is_staff and words:
            found = findable_by(reader).matching(words).exclude(user_id__in=[self.shown.user_id, reader.pk])
            others += found.values_list("user_id", flat=True)[:MOST_CHOICES]
        shown = shown_people(reader, others)
        return [shown[key] for key in dict.fromkeys(others) if key in shown]


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None
