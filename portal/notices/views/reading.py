"""Reading one's notices."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import TemplateView

from portal.accounts.views.access import reader
from portal.core.paging import Keyset
from portal.notices.kinds import kind_label
from portal.notices.models import Notification
from portal.notices.services import notice_open, notices_mark_read
from portal.notices.timing import zone_named
from portal.notices.urls_of_ours import is_own_path

UNREAD_FIRST = Keyset(("is_read", "-id"), size=20)
NEWEST_FIRST = Keyset(("-id",), size=50)
UNREAD_ONLY = "sin-leer"


class NoticeListView(LoginRequiredMixin, TemplateView):
    """Shows a person her own notices, the unread ones first; what belongs together is one line."""

    template_name = "notices/notice_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Read one page, and say how many there are of each kind."""
        own = Notification.objects.visible_to(self.request.user).heads()
        counts = {row["kind"]: row for row in own.counted_by_kind()}
        kind, is_unread_only = self.request.GET.get("tipo", ""), self.request.GET.get("estado") == UNREAD_ONLY
        shown = own.unread() if is_unread_only else own
        if kind:
            shown = shown.filter(kind=kind) if kind in counts else shown.none()
        chosen = [row for row in counts.values() if not kind or row["kind"] == kind]
        return super().get_context_data(
            page=UNREAD_FIRST.page(shown.with_is_read(), self.request.GET.get("cursor", "")),
            total=sum(row["total"] for row in counts.values()),
            unread_total=sum(row["unread"] for row in counts.values()),
            kinds=[(row["kind"], kind_label(row["kind"]), row["total"]) for row in counts.values()],
            chosen_kind=kind,
            chosen_total=sum(row["total"] for row in chosen),
            chosen_unread=sum(row["unread"] for row in chosen),
            is_unread_only=is_unread_only,
            zone=zone_named(reader(self.request).time_zone),
            **kwargs,
        )


class NoticeGroupView(LoginRequiredMixin, TemplateView):
    """Shows the facts that one line stands for."""

    template_name = "notices/notice_group.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Read the line and those that it folded away."""
        own = Notification.objects.visible_to(self.request.user)
        head = get_object_or_404(own.heads(), public_id=kwargs["public_id"])
        return super().get_context_data(
            head=head,
            page=NEWEST_FIRST.page(own.told_by(head), self.request.GET.get("cursor", "")),
            zone=zone_named(reader(self.request).time_zone),
            **kwargs,
        )


@require_safe
@login_required
def open_notice(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Mark a person's own notice as read and lead to what it tells of, which is always within the portal.

    It is a link, to be opened from an e-mail or in another tab; all that a forged visit could do is mark it as read.
    """
    notice = get_object_or_404(Notification, public_id=public_id, user=request.user)
    if request.method == "GET" and "prefetch" not in request.headers.get("Sec-Purpose", ""):
        notice_open(notice=notice)
    return redirect(notice.url if is_own_path(notice.url) else "notices:notice-list")


@require_POST
@login_required
def mark_all_read(request: HttpRequest) -> HttpResponse:
    """Mark everything as read."""
    number = notices_mark_read(user=reader(request))
    messages.success(
        request,
        ngettext("Marcamos %(number)d aviso como leído.", "Marcamos %(number)d avisos como leídos.", number)
        % {"number": number}
        if number
        else _("No tenías avisos sin leer."),
    )
    return redirect("notices:notice-list")
