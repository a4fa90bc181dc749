"""What was written and waits to be looked at."""

from typing import Any, cast

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.accounts.models import User
from share.admin.access import ForThreadModerators
from share.models import Post, ThreadChange
from share.moderation.words import held_because
from share.services.moderation import ModerationConflict, post_approve

_SHOWN_TEXT = 300


class WaitingFilter(admin.SimpleListFilter):
    """Begins with what waits."""

    title = gettext_lazy("estado")
    parameter_name = "estado"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer what was decided, too."""
        return [(Post.Status.HIDDEN, gettext_lazy("ocultos"))]

    def choices(self, changelist: Any) -> Any:
        """Name what is shown when nothing is chosen."""
        found = list(super().choices(changelist))
        found[0]["display"] = _("esperan")
        return iter(found)

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Keep what was chosen."""
        return queryset.filter(status=self.value() or Post.Status.HELD)


@admin.register(Post)
class PostAdmin(ForThreadModerators):
    """What waits to be looked at, the oldest first."""

    list_display = ("text_shown", "who", "conversation", "why", "since")
    list_filter = (WaitingFilter,)
    ordering = ("id",)
    actions = ("approve",)
    change_list_template = "share/admin/post_list.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Post]:
        """Bring along who wrote it, where, and why it waits."""
        return super().get_queryset(request).select_related("thread", "author", "municipality").defer("html")

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Call the page what it is."""
        title = _("Mensajes que esperan que los mires")
        return super().changelist_view(request, {**(extra_context or {}), "title": title})

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """Read why each of the page waits, for all at once."""
        changelist = super().get_changelist_instance(request)
        changelist.result_list = list(changelist.result_list)
        _note_why(changelist.result_list)
        return changelist

    @admin.display(description=gettext_lazy("qué dice"))
    def text_shown(self, post: Post) -> str:
        """Show its beginning, which leads to where it is read and decided."""
        shown = post.text if len(post.text) <= _SHOWN_TEXT else f"{post.text[:_SHOWN_TEXT]}…"
        return format_html('<a href="{}">{}</a>', reverse("share:post-moderate", args=[post.pk]), shown)

    @admin.display(description=gettext_lazy("quién"))
    def who(self, post: Post) -> str:
        """Name its author and her municipality."""
        name = str(post.author) if post.author else "—"
        return f"{name} · {post.municipality.name}" if post.municipality else name

    @admin.display(description=gettext_lazy("conversación"))
    def conversation(self, post: Post) -> str:
        """Name the conversation."""
        return post.thread.title

    @admin.display(description=gettext_lazy("por qué espera"))
    def why(self, post: Any) -> str:
        """Say why it waits."""
        return str(getattr(post, "why_held", "") or "—")

    @admin.display(description=gettext_lazy("desde"))
    def since(self, post: Post) -> str:
        """Say when it was written, in few signs."""
        return date_format(localtime(post.created_at), "SHORT_DATETIME_FORMAT")

    @admin.action(description=gettext_lazy("Dejar pasar los elegidos"))
    def approve(self, request: HttpRequest, queryset: QuerySet[Post]) -> None:
        """Let in several at once; what somebody decided meanwhile is said, and the rest goes on."""
        done = 0
        for post in queryset.filter(status=Post.Status.HELD).order_by("id"):
            try:
                post_approve(post=post, actor=cast(User, request.user))
                done += 1
            except ModerationConflict as conflict:
                messages.warning(request, str(conflict))
        self.message_user(request, _("Dejamos pasar: %(count)d.") % {"count": done}, messages.SUCCESS)


def _note_why(posts: list[Any]) -> None:
    rows = ThreadChange.objects.filter(
        thread_id__in=[post.thread_id for post in posts], kind=ThreadChange.Kind.HELD
    )
    codes = {
        (thread, number): reason
        for thread, number, reason in rows.values_list("thread_id", "number", "reason")
    }
    for post in posts:
        code = codes.get((post.thread_id, post.number))
        post.why_held = held_because(code) if code else ""
