"""Who may open the pages on which conversations are looked after."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from portal.core.admin_paging import CappedPaginator
from portal.core.admin_reading import ReadOnlyAdmin
from share.permissions.moderation import can_moderate_threads


class ForThreadModerators(ReadOnlyAdmin):
    """Asks the app's own rule; nothing is added, changed or deleted by hand."""

    list_display_links = None
    sortable_by = ()
    paginator = CappedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Show it to those who look after conversations."""
        return bool(can_moderate_threads(request.user))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Open it to those who look after conversations."""
        return bool(can_moderate_threads(request.user))
