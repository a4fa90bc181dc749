"""Contributions in the admin: looked at there, reviewed on the pages of the queue."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from inspire.models import Contribution, ContributionStep
from inspire.querysets_contributions import may_review
from portal.core.admin_paging import CappedPaginator
from portal.core.admin_reading import ReadOnlyAdmin

_STEP_FIELDS = ("at", "actor", "from_status", "to_status", "reason")
_FIELDS = ("title", "status", "solution", "submitted_at", "decided_at", "review_link")


class StepInline(admin.TabularInline):
    """The steps of a contribution, as they happened."""

    model = ContributionStep
    fields = _STEP_FIELDS
    readonly_fields = _STEP_FIELDS
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Steps are written by services."""
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever reviews sees what happened."""
        return may_review(request.user)


@admin.register(Contribution)
class ContributionAdmin(ReadOnlyAdmin):
    """What was handed in; somebody's draft is hers alone and is not listed."""

    list_display = ["title", "status", "is_proposal", "submitted_at", "updated_at", "review_link"]
    list_filter = ["status", "is_proposal"]
    search_fields = ["title"]
    paginator = CappedPaginator
    show_full_result_count = False
    ordering = ["status", "submitted_at", "id"]
    fields = _FIELDS
    readonly_fields = _FIELDS
    inlines = [StepInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Contribution]:
        """Offer what the reader may see on the pages too."""
        return Contribution.objects.visible_to(request.user).select_related("solution")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever reviews."""
        return may_review(request.user)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Show it to whoever reviews."""
        return may_review(request.user)

    @admin.display(description=_("Revisión"))
    def review_link(self, contribution: Contribution) -> SafeString:
        """Lead to the page where it is reviewed."""
        address = reverse("inspire:review-detail", args=[contribution.public_id])
        return format_html('<a href="{}">{}</a>', address, _("Abrir la revisión"))
