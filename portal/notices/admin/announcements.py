"""Announcements: written, looked over, sent to many, followed and, if need be, stopped."""

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.accounts.models import User
from portal.core.admin_paging import CappedPaginator
from portal.core.decision import Decision
from portal.notices.models import Announcement
from portal.notices.permissions import can_cancel_announcement, can_start_announcement
from portal.notices.services import AlreadyStarted, announcement_cancel, announcement_start
from portal.notices.services.announcing import announcement_audience
from portal.notices.urls_of_ours import is_own_path, own_path_of

STATUS = Announcement.Status
TEXTS = {"text": "es-ar", "text_en": "en", "text_pt": "pt-br"}
EDITED = (*TEXTS, "url", "audience", "country")


class AnnouncementForm(forms.ModelForm):
    """An announcement's texts, where it leads and who is told."""

    class Meta:
        model = Announcement
        fields = EDITED
        widgets = {name: forms.Textarea(attrs={"rows": 3, "lang": code}) for name, code in TEXTS.items()}
        help_texts = {
            "text": gettext_lazy(
                "Una oración que se entienda sola, de hasta 300 letras: así se lee en los avisos y en el correo."
            ),
            "text_en": gettext_lazy(
                "Para quienes eligieron inglés. Si lo dejás en blanco, leen el texto en español."
            ),
            "text_pt": gettext_lazy(
                "Para quienes eligieron portugués. Si lo dejás en blanco, leen el texto en español."
            ),
            "url": gettext_lazy(
                "La página del portal a la que lleva, por ejemplo /evaluarme/. Podés pegar la dirección entera."
            ),
            "audience": gettext_lazy(
                "Los avisos llegan a cuentas que pueden ingresar, como cada persona eligió."
            ),
            "country": gettext_lazy(
                "Si elegís un país, se entera solo quien trabaja en un municipio de ese país. En blanco: todos."
            ),
        }

    def clean_text(self) -> str:
        """Bring the text to one line."""
        return self._on_one_line("text")

    def clean_text_en(self) -> str:
        """Bring the text to one line."""
        return self._on_one_line("text_en")

    def clean_text_pt(self) -> str:
        """Bring the text to one line."""
        return self._on_one_line("text_pt")

    def clean_url(self) -> str:
        """Take a page of the portal, by its path or its whole address."""
        url = own_path_of(self.cleaned_data["url"].strip())
        if url and not is_own_path(url):
            raise ValidationError(
                _("Un anuncio lleva a una página de este portal. Escribí su dirección, que empieza con «/».")
            )
        return url

    def _on_one_line(self, name: str) -> str:
        return " ".join(self.cleaned_data[name].split())


@admin.register(Announcement)
class AnnouncementAdmin(admin.ModelAdmin):
    """Drafts are written here; what was sent can be followed and not changed."""

    form = AnnouncementForm
    change_form_template = "notices/admin/announcement_change.html"
    list_display = ("short_text", "audience", "country", "status", "told", "started_at", "finished_at")
    list_display_links = ("short_text",)
    list_filter = ("status", "audience")
    list_select_related = ("country",)
    ordering = ("-id",)
    sortable_by = ()
    actions = None
    paginator = CappedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50
    fieldsets = (
        (gettext_lazy("Qué se dice"), {"fields": (*TEXTS, "url")}),
        (gettext_lazy("A quiénes"), {"fields": ("audience", "country")}),
    )

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer the countries that there are; they are not made or changed from here."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "country" and field is not None:
            wrapper = field.widget
            wrapper.can_add_related = wrapper.can_change_related = False
            wrapper.can_delete_related = wrapper.can_view_related = False
        return field

    def has_change_permission(self, request: HttpRequest, obj: Announcement | None = None) -> bool:
        """Let drafts be changed, and nothing that people have read already."""
        if obj is not None and obj.status != STATUS.DRAFT:
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Announcement | None = None) -> bool:
        """Let drafts be deleted; what was told stays on record."""
        if obj is not None and obj.status != STATUS.DRAFT:
            return False
        return super().has_delete_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: Announcement, form: Any, change: bool) -> None:
        """Keep who wrote it."""
        if not change:
            obj.created_by = cast(User, request.user)
        super().save_model(request, obj, form, change)

    def response_add(
        self, request: HttpRequest, obj: Announcement, post_url_continue: Any = None
    ) -> HttpResponse:
        """Lead on to the page where it is looked over and sent."""
        if "_continue" in request.POST or "_addanother" in request.POST:
            return super().response_add(request, obj, post_url_continue)
        messages.success(
            request, _("Guardamos el borrador. Todavía no le llegó a nadie: revisalo y envialo.")
        )
        return redirect("admin:notices_announcement_send", obj.pk)

    def get_urls(self) -> list[URLPattern]:
        """Add the pages for sending and stopping."""
        wrap = self.admin_site.admin_view
        return [
            path("<path:object_id>/send/", wrap(self.send_view), name="notices_announcement_send"),
            path("<path:object_id>/cancel/", wrap(self.cancel_view), name="notices_announcement_cancel"),
            *super().get_urls(),
        ]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show how far the telling got, and what can be done now."""
        announcement = self.get_object(request, unquote(object_id))
        context = extra_context or {}
        if announcement is not None and self.has_view_or_change_permission(request):
            context |= self._state(request, announcement)
        return super().change_view(request, object_id, form_url, context)

    def send_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show what will be told to how many; a POST starts it."""
        announcement = self._found(request, object_id)
        said = _("Empezó el envío. Sigue solo: podés cerrar esta página y volver cuando quieras.")
        if request.method == "POST":
            return self._do(request, announcement, can_start_announcement, announcement_start, said)
        return self._page(request, announcement, "send", _("Revisar y enviar"), can_start_announcement)

    def cancel_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask whether to stop; a POST does it."""
        announcement = self._found(request, object_id)
        said = _("Se frenó. A nadie más le llega, y los correos que esperaban no salen.")
        if request.method == "POST":
            return self._do(request, announcement, can_cancel_announcement, announcement_cancel, said)
        return self._page(request, announcement, "cancel", _("Frenar el anuncio"), can_cancel_announcement)

    @admin.display(description=gettext_lazy("anuncio"))
    def short_text(self, announcement: Announcement) -> str | SafeString:
        """Show how the text begins."""
        return Truncator(announcement.text).chars(80)

    def _found(self, request: HttpRequest, object_id: str) -> Announcement:
        """Return the announcement for those who may look at it.

        Raises:
            Http404: there is none.
            PermissionDenied: she may not look at announcements.
        """
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        announcement = self.get_object(request, unquote(object_id))
        if announcement is None:
            raise Http404
        return announcement

    def _state(self, request: HttpRequest, announcement: Announcement) -> dict[str, Any]:
        is_sending = announcement.status == STATUS.SENDING
        return {
            "announcement": announcement,
            "audience_number": announcement_audience(announcement=announcement) if is_sending else 0,
            "is_sending": is_sending,
            "may_start": bool(can_start_announcement(request.user, announcement)),
            "may_cancel": is_sending and bool(can_cancel_announcement(request.user, announcement)),
        }

    def _page(
        self,
        request: HttpRequest,
        announcement: Announcement,
        action: str,
        title: str,
        may: Callable[[Any, Announcement], Decision],
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": title,
            "announcement": announcement,
            "texts": _texts(announcement),
            "audience_number": announcement_audience(announcement=announcement),
            "decision": may(request.user, announcement),
        }
        return TemplateResponse(request, f"notices/admin/announcement_{action}.html", context)

    def _do(
        self,
        request: HttpRequest,
        announcement: Announcement,
        may: Callable[[Any, Announcement], Decision],
        step: Callable[..., Announcement],
        said: str,
    ) -> HttpResponse:
        """Take one step in the announcement's life, if she may and nobody took it before her."""
        decision = may(request.user, announcement)
        try:
            decision.require()
            step(announcement=announcement, actor=cast(User, request.user))
        except PermissionDenied as refusal:
            messages.error(request, str(refusal))
        except AlreadyStarted:
            messages.warning(request, _("Alguien se te adelantó: mirá acá abajo cómo está ahora."))
        else:
            messages.success(request, said)
        return redirect(reverse("admin:notices_announcement_change", args=[announcement.pk]))


def _texts(announcement: Announcement) -> list[dict[str, Any]]:
    """Return each language with what its readers read, and whether that is for want of a translation."""
    names = dict(settings.LANGUAGES)
    return [
        {
            "code": code if getattr(announcement, field) else TEXTS["text"],
            "language": names[code],
            "text": getattr(announcement, field) or announcement.text,
            "is_missing": not getattr(announcement, field),
        }
        for field, code in TEXTS.items()
    ]
