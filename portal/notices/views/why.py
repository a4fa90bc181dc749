"""Why a notice came, and what to do about it without leaving."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from portal.accounts.views.access import reader
from portal.notices.delivery_words import delivery_words, moment_words
from portal.notices.forms.preferences import EmailChoiceForm
from portal.notices.kinds import NoticeKind, notice_kinds
from portal.notices.models import Notification
from portal.notices.timing import zone_named


class NoticeWhyView(LoginRequiredMixin, TemplateView):
    """Says in words why a notice came and by which ways, and lets its person change that."""

    template_name = "notices/notice_why.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Tell all there is to tell about the notice, in the person's local time."""
        notice = self._notice()
        kind = _kind(notice)
        with timezone.override(zone_named(notice.user.time_zone)):
            words = {
                "delivery": delivery_words(notice),
                "created": moment_words(notice.created_at),
                "read": moment_words(notice.read_at),
            }
        return super().get_context_data(
            notice=notice,
            kind=kind,
            kind_label=notice.kind_label,
            reason=notice.reason or (kind.reason if kind else ""),
            form=EmailChoiceForm(kind=kind, user=notice.user) if kind and kind.is_optional else None,
            **words,
            **kwargs,
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Change how this kind reaches the person from now on, and stay on the page."""
        notice = self._notice()
        kind = _kind(notice)
        if kind is None or not kind.is_optional:
            raise Http404(_("Estos avisos no se eligen: te llegan siempre, o ya no se envían."))
        form = EmailChoiceForm(request.POST, kind=kind, user=notice.user)
        if form.is_valid():
            form.save()
            messages.success(
                request, _("Listo: desde ahora rige lo que elegiste, también para lo que espera.")
            )
        else:
            messages.error(
                request, _("No entendimos la elección y no cambiamos nada. Tocá uno de los botones.")
            )
        return redirect("notices:notice-why", public_id=notice.public_id)

    def _notice(self) -> Notification:
        own = Notification.objects.filter(user=reader(self.request)).select_related("user")
        return get_object_or_404(own, public_id=self.kwargs["public_id"])


def _kind(notice: Notification) -> NoticeKind | None:
    """Return the notice's kind; nothing where nobody sends it any more."""
    return notice_kinds.get(notice.kind) if notice.kind in notice_kinds else None
