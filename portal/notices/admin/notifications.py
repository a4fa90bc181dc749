"""Notices, as staff look after their delivery."""

from datetime import datetime, timedelta
from typing import Any, cast

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from portal.accounts.models import User
from portal.core.admin_paging import CappedPaginator
from portal.core.admin_reading import WrittenByServicesAdmin
from portal.notices.delivery_words import problem_words
from portal.notices.kinds import notice_kinds
from portal.notices.models import Notification
from portal.notices.permissions import can_retry_delivery
from portal.notices.services.retrying import deliveries_retry

RETRIED_AT_ONCE = 1_000
EVERYTHING = "todo"
RECENT = "7"


class RecentFilter(admin.SimpleListFilter):
    """Narrows to recent days, by an index of time; without it a rare kind would be looked for among all there are."""

    title = _("momento")
    parameter_name = "periodo"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer the periods."""
        return [
            ("1", _("últimas 24 horas")),
            (RECENT, _("últimos 7 días")),
            ("30", _("últimos 30 días")),
            (EVERYTHING, _("desde siempre")),
        ]

    def value(self) -> str:
        """Return the chosen period; the last week where none was chosen."""
        chosen = super().value()
        return chosen if chosen in {key for key, _label in self.lookup_choices} else RECENT

    def choices(self, changelist: Any) -> Any:
        """Offer the periods, without Django's own choice of all."""
        for key, label in self.lookup_choices:
            yield {
                "selected": self.value() == key,
                "query_string": changelist.get_query_string({self.parameter_name: key}),
                "display": label,
            }

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Keep the notices of the chosen period."""
        if self.value() == EVERYTHING:
            return queryset
        return queryset.filter(created_at__gte=timezone.now() - timedelta(days=int(self.value())))


class KindFilter(admin.SimpleListFilter):
    """Narrows to one kind, by its name."""

    title = _("tipo")
    parameter_name = "tipo"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer the kinds that are sent."""
        return [(kind.id, kind.label) for kind in notice_kinds]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Keep the notices of the chosen kind."""
        kind = self.value() or ""
        return queryset.filter(kind=kind) if kind in notice_kinds else queryset


@admin.register(Notification)
class NotificationAdmin(WrittenByServicesAdmin):
    """Shows what was told to whom and what became of the e-mail; notices come from services only."""

    list_display = ("created_at", "user", "kind_name", "email_status", "email_mode", "attempts", "moment")
    list_filter = (RecentFilter, "email_status", "email_mode", KindFilter)
    search_fields = ("user__email",)
    search_help_text = _("Correo de la persona, entero")
    fields = (
        "created_at",
        "user",
        "kind_name",
        "text",
        "url",
        "fact",
        "group",
        "number",
        "is_folded",
        "reason",
        "is_in_portal",
        "read_at",
        "email_status",
        "email_mode",
        "email_attempts",
        "problem",
        "email_due_at",
        "emailed_at",
    )
    readonly_fields = fields
    actions = ("retry",)
    ordering = ("-id",)
    sortable_by = ()
    list_select_related = ("user",)
    paginator = CappedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """Find by the whole address, through its index, never by looking inside addresses."""
        address = search_term.strip().lower()
        if not address:
            return queryset, False
        return queryset.filter(user__in=User.objects.filter(email=address).values("pk")), False

    def has_retry_permission(self, request: HttpRequest) -> bool:
        """Whether the reader may have e-mails tried again."""
        return bool(can_retry_delivery(request.user))

    @admin.action(
        description=_("Probar de nuevo los correos que no se pudieron enviar"), permissions=["retry"]
    )
    def retry(self, request: HttpRequest, queryset: QuerySet[Notification]) -> None:
        """Have what failed tried again; what did not fail is left alone."""
        failed = queryset.filter(email_status=Notification.EmailStatus.FAILED).order_by()
        ids = list(failed.values_list("pk", flat=True)[:RETRIED_AT_ONCE])
        number = deliveries_retry(notification_ids=ids, actor=cast(User, request.user))
        said = ngettext(
            "%(number)d correo se va a probar de nuevo en el próximo minuto.",
            "%(number)d correos se van a probar de nuevo en los próximos minutos.",
            number,
        )
        level = messages.SUCCESS if number else messages.WARNING
        self.message_user(
            request,
            said % {"number": number}
            if number
            else _("De los avisos elegidos, ninguno tiene un correo que no se haya podido enviar."),
            level,
        )

    @admin.display(description=_("tipo"))
    def kind_name(self, notice: Notification) -> str:
        """Name the kind as people know it."""
        return notice.kind_label

    @admin.display(description=_("qué respondió el servidor"), empty_value="—")
    def problem(self, notice: Notification) -> str:
        """Say what stood in the way of the last attempt."""
        return problem_words(notice.email_problem)

    @admin.display(description=_("intentos"), empty_value="—")
    def attempts(self, notice: Notification) -> str:
        """Say how often it was tried, and what stood in the way of the last attempt."""
        if not notice.email_attempts:
            return ""
        problem = problem_words(notice.email_problem)
        return f"{notice.email_attempts}: {problem}" if problem else str(notice.email_attempts)

    @admin.display(description=_("salió o saldrá"), empty_value="—")
    def moment(self, notice: Notification) -> datetime | None:
        """Say when the e-mail went out or, where it waits, when it will be tried."""
        is_waiting = notice.email_status == Notification.EmailStatus.PENDING
        return notice.email_due_at if is_waiting else notice.emailed_at
