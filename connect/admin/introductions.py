"""Introductions that people ask of the network's team: who waits, for whom and why, and the two answers."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from connect.models import Introduction
from connect.permissions.connections import can_make_introduction
from connect.querysets.connections import OFFER_LASTS
from connect.services.connections import ConnectionConflict
from connect.services.introductions import introduction_close, introduction_offer
from portal.accounts.models import User
from portal.core.admin_paging import CappedPaginator
from portal.core.admin_reading import ReadOnlyAdmin

Status = Introduction.Status


class WaitingFilter(admin.SimpleListFilter):
    """Narrows to what waits for the team, or to what became of the rest."""

    title = gettext_lazy("estado")
    parameter_name = "estado"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer the states in the team's words."""
        return [
            (Status.ASKED, gettext_lazy("esperan al equipo")),
            (Status.OFFERED, gettext_lazy("propuestas, falta que respondan")),
            (Status.MADE, gettext_lazy("hechas")),
            (Status.DECLINED, gettext_lazy("no prosperaron")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Keep those of the chosen state."""
        return queryset.filter(status=self.value()) if self.value() in Status.values else queryset


@admin.register(Introduction)
class IntroductionAdmin(ReadOnlyAdmin):
    """What was asked of the team; those asked of a person are hers to make, and nobody's to look at."""

    list_display = ("who", "whom", "reason", "status", "asked_at")
    list_display_links = None
    list_filter = (WaitingFilter,)
    search_fields = ("first__name", "second__name")
    sortable_by = ()
    # "asked" is the first of the states, in the alphabet too.
    ordering = ("status", "id")
    paginator = CappedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50
    actions = ("offer", "close")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Introduction]:
        """Bring those of the team, what waits first and the longest waiting on top; not what waited for too long."""
        of_team = Q(introducer__isnull=True) | Q(introducer__is_staff=True)
        rows = super().get_queryset(request).filter(of_team, asked_by__isnull=False)
        lapsed = Q(status=Status.ASKED, created_at__lte=timezone.now() - OFFER_LASTS)
        return rows.exclude(lapsed).select_related("first", "second")

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Show it to the team."""
        return _is_of_team(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Open it to the team."""
        return _is_of_team(request)

    @admin.display(description=gettext_lazy("quién lo pide"))
    def who(self, introduction: Introduction) -> str:
        """Name whoever wants to be introduced, with her page."""
        return _person(introduction.first)

    @admin.display(description=gettext_lazy("a quién quiere conocer"))
    def whom(self, introduction: Introduction) -> str:
        """Name the other, with her page."""
        return _person(introduction.second)

    @admin.display(description=gettext_lazy("por qué"))
    def reason(self, introduction: Introduction) -> str:
        """Return what the asker wrote."""
        return introduction.note

    @admin.display(description=gettext_lazy("pedida"))
    def asked_at(self, introduction: Introduction) -> Any:
        """Return when it was asked."""
        return introduction.created_at

    @admin.action(description=gettext_lazy("Presentarlas: proponerle a la otra persona conocerse"))
    def offer(self, request: HttpRequest, queryset: QuerySet[Introduction]) -> None:
        """Offer the other to meet whoever asked."""
        done = _each(request, queryset, introduction_offer)
        text = ngettext("Propusimos %d presentación.", "Propusimos %d presentaciones.", done) % done
        self.message_user(request, text, messages.SUCCESS if done else messages.WARNING)

    @admin.action(description=gettext_lazy("No presentarlas: a quien lo pidió le decimos que no prosperó"))
    def close(self, request: HttpRequest, queryset: QuerySet[Introduction]) -> None:
        """Let it be."""
        done = _each(request, queryset, introduction_close)
        text = ngettext("Cerramos %d presentación.", "Cerramos %d presentaciones.", done) % done
        self.message_user(request, text, messages.SUCCESS if done else messages.WARNING)


def _is_of_team(request: HttpRequest) -> bool:
    return request.user.is_active and request.user.is_staff


def _person(user: User) -> str:
    label = user.name or _("Sin nombre")
    return format_html('<a href="{}">{}</a>', reverse("connect:person-detail", args=[user.public_id]), label)


def _each(request: HttpRequest, queryset: QuerySet[Introduction], step: Callable[..., Introduction]) -> int:
    """Take the step for each that waits and the reader may decide about; says for how many."""
    done = 0
    for introduction in queryset.filter(status=Status.ASKED):
        if not can_make_introduction(request.user, introduction):
            continue
        try:
            step(introduction=introduction, actor=request.user)
        except ConnectionConflict as conflict:
            messages.warning(request, str(conflict))
        else:
            done += 1
    return done
