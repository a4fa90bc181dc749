"""Municipalities' evaluations in the admin: looked at, never changed."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from evaluate.models import Evaluation, EvaluationChange
from portal.core.admin_paging import CappedPaginator
from portal.core.admin_reading import ReadOnlyAdmin


class ChangeInline(admin.TabularInline):
    """The steps in an evaluation's life."""

    model = EvaluationChange
    fields = readonly_fields = ("at", "from_status", "to_status", "actor", "reason")
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The services write it."""
        return False


@admin.register(Evaluation)
class EvaluationAdmin(ReadOnlyAdmin):
    """Municipalities' evaluations; personal self-checks are nobody's business and are not here."""

    list_display = (
        "public_id",
        "questionnaire",
        "municipality",
        "status",
        "started_at",
        "submitted_at",
        "is_sample",
    )
    list_filter = ("status", "is_sample", "questionnaire")
    list_select_related = ("questionnaire", "municipality")
    search_fields = ("municipality__name", "public_id")
    paginator = CappedPaginator
    show_full_result_count = False
    fields = (*list_display, "version", "owner", "submitted_by")
    inlines = (ChangeInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Only what staff may see."""
        return super().get_queryset(request).filter(municipality__isnull=False).defer("version__definition")
