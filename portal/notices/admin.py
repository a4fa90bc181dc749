"""Notices, as staff look after their delivery."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from portal.core.admin_paging import CappedPaginator
from portal.core.admin_reading import WrittenByServicesAdmin
from portal.notices.kinds import notice_kinds
from portal.notices.models import Notification


@admin.register(Notification)
class NotificationAdmin(WrittenByServicesAdmin):
    """Shows what was told to whom and what became of the e-mail; notices come from services only."""

    list_display = (
        "created_at",
        "user",
        "kind_label",
        "email_status",
        "email_attempts",
        "emailed_at",
        "read_at",
    )
    list_filter = ("email_status",)
    search_fields = ("user__email",)
    search_help_text = _("Correo de la persona")
    fields = (
        "created_at",
        "user",
        "kind_label",
        "text",
        "url",
        "fact",
        "is_in_portal",
        "read_at",
        "email_status",
        "email_attempts",
        "email_due_at",
        "emailed_at",
    )
    readonly_fields = fields
    ordering = ("-id",)
    sortable_by = ()
    list_select_related = ("user",)
    paginator = CappedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50

    @admin.display(description=_("tipo"))
    def kind_label(self, notice: Notification) -> str:
        """Name the kind as people know it; its id where nobody sends it any more."""
        return str(notice_kinds.get(notice.kind).label) if notice.kind in notice_kinds else notice.kind
