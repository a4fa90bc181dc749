"""The catalogue in the admin, to look at: entries are written by their owners."""

from django.contrib import admin

from portal.catalog.models import Entry
from portal.core.admin_reading import ReadOnlyAdmin


@admin.register(Entry)
class EntryAdmin(ReadOnlyAdmin):
    """Shows RIL's staff what the search knows of a thing."""

    list_display = ["title", "kind", "language", "visibility", "published_at"]
    list_filter = ["kind", "visibility", "language", "is_sample"]
    search_fields = ["title"]
    exclude = ["search"]
    show_full_result_count = False
