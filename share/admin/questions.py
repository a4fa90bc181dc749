"""Questions that nobody answered, and people to put them to."""

from typing import Any, cast

from django.contrib import admin, messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.accounts.models import Membership, User
from share.admin.access import ForThreadModerators
from share.models import RoutedQuestion, Thread
from share.permissions.moderation import can_moderate_threads
from share.routing.candidates import candidates_for
from share.routing.reasons import said_to_others
from share.routing.shown import routing_shown
from share.services.routing import RoutingRefused, question_suggest, suggestion_refusal

_SUGGESTED = 6
_FOUND = 8
_SHORTEST = 3
ALL = "todas"


class UnansweredFilter(admin.SimpleListFilter):
    """Begins with what waits: questions without an answer."""

    title = gettext_lazy("qué mirar")
    parameter_name = "que"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer the other ways to look."""
        return [("avisadas", gettext_lazy("sin respuesta desde hace días")), (ALL, gettext_lazy("todas"))]

    def choices(self, changelist: Any) -> Any:
        """Name what is shown when nothing is chosen."""
        found = list(super().choices(changelist))
        found[0]["display"] = _("sin respuesta")
        return iter(found)

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Keep what was chosen."""
        if self.value() == ALL:
            return queryset
        waiting = queryset.filter(
            kind=Thread.Kind.QUESTION, answers=0, closed_at__isnull=True, hidden_at__isnull=True
        )
        return waiting.filter(escalated_at__isnull=False) if self.value() == "avisadas" else waiting


@admin.register(Thread)
class ThreadAdmin(ForThreadModerators):
    """Questions that wait, the oldest first; each can be put to somebody by hand."""

    list_display = ("question", "town", "since", "put_to", "care")
    list_filter = (UnansweredFilter,)
    search_fields = ("title",)
    ordering = ("created_at", "id")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Thread]:
        """Say of each to how many it was put."""
        rows = super().get_queryset(request).select_related("municipality").filter(is_sample=False)
        before = [RoutedQuestion.Status.ASKED, RoutedQuestion.Status.ANSWERED]
        return rows.annotate(before_people=Count("routed", filter=Q(routed__status__in=before)))

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Call the page what it is."""
        title = _("Conversaciones") if request.GET.get("que") == ALL else _("Preguntas sin respuesta")
        return super().changelist_view(request, {**(extra_context or {}), "title": title})

    @admin.display(description=gettext_lazy("pregunta"))
    def question(self, thread: Thread) -> str:
        """Lead to where it can be put to somebody."""
        url = reverse("admin:share_thread_change", args=[thread.pk])
        return format_html('<a href="{}">{}</a>', url, thread.title)

    @admin.display(description=gettext_lazy("municipio"))
    def town(self, thread: Thread) -> str:
        """Say who asks."""
        return thread.municipality.name if thread.municipality else _("el equipo de la red")

    @admin.display(description=gettext_lazy("espera desde"))
    def since(self, thread: Thread) -> str:
        """Say when it was asked, in few signs."""
        return date_format(localtime(thread.created_at), "SHORT_DATE_FORMAT")

    @admin.display(description=gettext_lazy("la tienen"))
    def put_to(self, thread: Any) -> int:
        """Say how many have it before them."""
        return int(thread.before_people)

    @admin.display(description=gettext_lazy("conversación"))
    def care(self, thread: Thread) -> str:
        """Lead to the page on which it is looked after."""
        return format_html(
            '<a href="{}">{}</a>', reverse("share:thread-moderate", args=[thread.pk]), _("cuidarla")
        )

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Show a question, who may know, and put it to somebody."""
        can_moderate_threads(request.user).require()
        threads = Thread.objects.select_related("author", "municipality")
        thread = get_object_or_404(threads, pk=object_id if object_id.isdecimal() else 0)
        if request.method == "POST":
            return self._suggest(request, thread)
        words = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:100]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": thread.title,
            "thread": thread,
            "opening": thread.posts.filter(number=1).values_list("text", flat=True).first() or "",
            "routed": routing_shown(request.user, thread),
            "suggested": _suggested(thread),
            "words": words,
            "found": _found(thread, words),
        }
        return render(request, "share/admin/thread_detail.html", context)

    def _suggest(self, request: HttpRequest, thread: Thread) -> HttpResponse:
        key = request.POST.get("person", "")
        person = User.objects.filter(pk=int(key) if key.isdecimal() and len(key) < 19 else 0).first()
        if person is None:
            messages.warning(request, _("No encontramos a esa persona. Buscala de nuevo."))
        else:
            try:
                question_suggest(thread=thread, person=person, actor=cast(User, request.user))
            except RoutingRefused as refusal:
                messages.warning(request, str(refusal))
            else:
                messages.success(request, _("Listo: le acercamos la pregunta."))
        return redirect("admin:share_thread_change", thread.pk)


def _suggested(thread: Thread) -> list[dict[str, Any]]:
    """Return who may know, as the portal would choose, with the reason."""
    chosen = candidates_for(thread, limit=_SUGGESTED)
    people = User.objects.in_bulk([one.user_id for one in chosen])
    towns = _towns(people)
    return [
        {
            "person": people[one.user_id],
            "town": towns.get(one.user_id, ""),
            "why": said_to_others(one.codes),
        }
        for one in chosen
        if one.user_id in people
    ]


def _found(thread: Thread, words: str) -> list[dict[str, Any]]:
    """Return members whose name, address or municipality holds the words, with why one cannot be asked."""
    if len(words) < _SHORTEST:
        return []
    members = Membership.objects.active().filter(
        Q(user__name__icontains=words) | Q(user__email__iexact=words) | Q(municipality__name__icontains=words)
    )
    people = User.objects.filter(pk__in=members.values("user_id"), is_active=True).order_by("name", "id")
    found = {person.pk: person for person in people[:_FOUND]}
    towns = _towns(found)
    return [
        {
            "person": person,
            "town": towns.get(person.pk, ""),
            "refusal": suggestion_refusal(thread, person),
        }
        for person in found.values()
    ]


def _towns(people: dict[int, User]) -> dict[int, str]:
    works = Membership.objects.active().filter(user_id__in=people.keys()).order_by("-id")
    return dict(works.values_list("user_id", "municipality__name"))
