"""Encounters in the admin: what there is, what was done to each, and taking away what should not be there."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.core.admin_paging import CappedPaginator
from portal.core.admin_reading import ReadOnlyAdmin
from share.models import Event, EventChange
from share.permissions.events import can_cancel_event, can_hide_event
from share.services.events import EventConflict, event_cancel, event_hide, event_show


class ReasonForm(ActionForm):
    """Why, in the words of whoever does it."""

    reason = forms.CharField(label=gettext_lazy("Motivo"), max_length=500, required=False)


class HiddenFilter(admin.SimpleListFilter):
    """Narrows to what was taken away."""

    title = gettext_lazy("oculto")
    parameter_name = "oculto"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer the two."""
        return [("si", gettext_lazy("sí")), ("no", gettext_lazy("no"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Keep those of the chosen sort."""
        if self.value() not in ("si", "no"):
            return queryset
        return queryset.filter(hidden_at__isnull=self.value() == "no")


class ChangeInline(admin.TabularInline):
    """What was done to an event; nobody writes it by hand."""

    model = EventChange
    fields = ("at", "kind", "by", "fields", "reason")
    readonly_fields = fields
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is added by hand."""
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Open it to the team."""
        return bool(can_hide_event(request.user))

    def get_queryset(self, request: HttpRequest) -> QuerySet[EventChange]:
        """Bring the people with it."""
        return super().get_queryset(request).select_related("by")


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    """Every encounter; what it says is changed on its own pages."""

    list_display = ("title", "status", "starts_at", "municipality", "is_hidden", "organise")
    list_filter = ("status", HiddenFilter, "kind", "is_sample")
    list_select_related = ("municipality__country",)
    search_fields = ("title",)
    date_hierarchy = None
    ordering = ("-starts_at", "-id")
    sortable_by = ()
    paginator = CappedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50
    action_form = ReasonForm
    actions = ("hide", "show", "cancel")
    exclude = ("calendar_text", "description_html", "facet_keys", "client_key", "checkin_code")
    inlines = (ChangeInline,)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Show it to the team."""
        return bool(can_hide_event(request.user))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Open it to the team."""
        return bool(can_hide_event(request.user))

    @admin.display(description=gettext_lazy("oculto"), boolean=True)
    def is_hidden(self, event: Event) -> bool:
        """Say whether it was taken away."""
        return event.hidden_at is not None

    @admin.display(description=gettext_lazy("organizar"))
    def organise(self, event: Event) -> SafeString:
        """Lead to its desk."""
        return format_html('<a href="{}">{}</a>', reverse("share:event-manage", args=[event.pk]), _("Abrir"))

    @admin.action(description=gettext_lazy("Ocultar (con motivo)"))
    def hide(self, request: HttpRequest, queryset: QuerySet[Event]) -> None:
        """Take the chosen ones away."""
        can_hide_event(request.user).require()
        self._each(request, queryset, event_hide)

    @admin.action(description=gettext_lazy("Volver a mostrar"))
    def show(self, request: HttpRequest, queryset: QuerySet[Event]) -> None:
        """Show the chosen ones again."""
        can_hide_event(request.user).require()
        self._each(request, queryset, event_show, needs_reason=False)

    @admin.action(description=gettext_lazy("Cancelar y avisar (con motivo)"))
    def cancel(self, request: HttpRequest, queryset: QuerySet[Event]) -> None:
        """Cancel those of the chosen ones that are announced."""
        allowed = [event.pk for event in queryset if can_cancel_event(request.user, event)]
        self._each(request, queryset.filter(pk__in=allowed), event_cancel)

    def _each(
        self,
        request: HttpRequest,
        queryset: QuerySet[Event],
        step: Callable[..., Event],
        *,
        needs_reason: bool = True,
    ) -> None:
        """Take the step for each and say for how many."""
        reason = request.POST.get("reason", "").strip()[:500]
        if needs_reason and not reason:
            self.message_user(
                request, _("Escribí el motivo junto a la acción: queda en el historial."), messages.ERROR
            )
            return
        done = 0
        for event in queryset:
            try:
                step(event=event, actor=request.user, reason=reason)
            except EventConflict as conflict:
                self.message_user(request, f"{event.title}: {conflict}", messages.WARNING)
            else:
                done += 1
        said = ngettext("Listo: %(n)s encuentro.", "Listo: %(n)s encuentros.", done) % {"n": done}
        self.message_user(request, said, messages.SUCCESS if done else messages.WARNING)
