"""The catalogue in the admin, to look at: entries are written by their owners."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from portal.catalog.models import Entry


@admin.register(Entry)
class EntryAdmin(admin.ModelAdmin):
    """Shows RIL's staff what the search knows of a thing."""

    list_display = ["title", "kind", "language", "visibility", "published_at"]
    list_filter = ["kind", "visibility", "language", "is_sample"]
    search_fields = ["title"]
    exclude = ["search"]
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody adds entries by hand."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody changes entries by hand."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Entries go when their owner withdraws them."""
        return False
