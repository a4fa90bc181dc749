"""Uploads, as staff look after them."""

from django.contrib import admin
from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from portal.core.admin_paging import CappedPaginator
from portal.core.admin_reading import WrittenByServicesAdmin
from portal.files.models import StoredFile


@admin.register(StoredFile)
class StoredFileAdmin(WrittenByServicesAdmin):
    """Lists uploads; content comes from forms that check it, so nothing is added or changed here."""

    list_display = ("name", "use", "content_type", "readable_size", "uploaded_by", "created_at")
    search_fields = ("name",)
    fields = (
        "name",
        "use",
        "content_type",
        "readable_size",
        "sha256",
        "uploaded_by",
        "created_at",
        "download",
    )
    readonly_fields = fields
    ordering = ("-id",)
    sortable_by = ()
    list_select_related = ("uploaded_by",)
    paginator = CappedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50

    @admin.display(description=_("tamaño"))
    def readable_size(self, file: StoredFile) -> str:
        """Say the size in words."""
        return filesizeformat(file.size)

    @admin.display(description=_("descarga"))
    def download(self, file: StoredFile) -> str:
        """Link to the guarded address, which asks the file's use again."""
        return format_html('<a href="{}">{}</a>', file.get_absolute_url(), file.name)
