"""The audit trail, to be read."""

from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.audit.models import AuditEvent
from portal.core.admin_paging import CappedPaginator
from portal.core.admin_reading import ReadOnlyAdmin

LARGEST_ID = 2**63 - 1


class PeriodFilter(admin.SimpleListFilter):
    """Narrows to recent days through the time index; Django's date hierarchy would read the whole table."""

    title = _("momento")
    parameter_name = "periodo"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer the periods."""
        return [
            ("1", _("últimas 24 horas")),
            ("7", _("últimos 7 días")),
            ("30", _("últimos 30 días")),
            ("365", _("último año")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Keep the events of the chosen period."""
        days = self.value()
        if days not in {key for key, _label in self.lookup_choices}:
            return queryset
        return queryset.filter(at__gte=timezone.now() - timedelta(days=int(days)))


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnlyAdmin):
    """Lets staff with the permission look up who did what; nobody can add, change or delete."""

    list_display = ("at", "actor", "action", "target_type", "target_id", "address")
    list_filter = (PeriodFilter,)
    search_fields = ("target_id",)
    search_help_text = _(
        "Correo o número de la cuenta que actuó, número del objeto, o tipo y número: accounts.membership 12"
    )
    fields = ("at", "actor", "action", "target_type", "target_id", "address", "before", "after")
    readonly_fields = fields
    ordering = ("-id",)
    sortable_by = ()
    paginator = CappedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Bring each actor's address along, so that the list costs one query whatever its length."""
        actor = User.objects.filter(pk=OuterRef("actor_id")).values("email")[:1]
        return super().get_queryset(request).annotate(actor_email=Subquery(actor))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """Find by actor or target with the indexes, never by looking inside texts."""
        words = search_term.split()
        if len(words) == 2:
            return queryset.filter(target_type=words[0].lower(), target_id=words[1]), False
        if len(words) == 1:
            return queryset.filter(_of_one_word(words[0])), False
        return queryset if not words else queryset.none(), False

    @admin.display(description=_("cuenta"))
    def actor(self, event: Any) -> str:
        """Say who acted: the account's address, else its number, else nobody."""
        if event.actor_id is None:
            return "—"
        return event.actor_email or f"#{event.actor_id}"


def _of_one_word(word: str) -> Q:
    """Return the condition for a word that may be an actor's address, an actor's number or a target's key."""
    if "@" in word:
        return Q(actor_id__in=User.objects.filter(email=word.lower()).values("pk"))
    condition = Q(target_id=word)
    if word.isdecimal() and int(word) <= LARGEST_ID:
        condition |= Q(actor_id=int(word))
    return condition
