"""Accounts that are closed for a time: who, why, what she answered, and opening them again."""

from typing import Any, cast

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from portal.accounts.models import User
from portal.safety.admin.access import ForModerators
from portal.safety.forms.suspensions import SuspensionForm
from portal.safety.models import Suspension
from portal.safety.permissions import can_moderate
from portal.safety.services import SuspensionRefused, suspension_lift, suspension_start


class ActiveFilter(admin.SimpleListFilter):
    """Narrows to suspensions that hold now, or to those that are over."""

    title = gettext_lazy("estado")
    parameter_name = "estado"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer both."""
        return [
            ("activa", gettext_lazy("activa")),
            ("respondida", gettext_lazy("activa, con respuesta de la persona")),
            ("terminada", gettext_lazy("terminada")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Keep those of the chosen state."""
        active = queryset.filter(lifted_at__isnull=True)
        chosen = {
            "activa": active,
            "respondida": active.filter(appealed_at__isnull=False),
            "terminada": queryset.filter(lifted_at__isnull=False),
        }
        return chosen.get(self.value() or "", queryset)


@admin.register(Suspension)
class SuspensionAdmin(ForModerators, admin.ModelAdmin):
    """Closed accounts."""

    list_display = ("user", "reason", "started_at", "until", "has_answered", "lifted_at")
    list_filter = (ActiveFilter,)
    list_select_related = ("user",)
    search_fields = ("user__email", "user__name")
    sortable_by = ()
    ordering = ("-id",)
    autocomplete_fields = ("user",)
    form = SuspensionForm
    change_form_template = "safety/admin/suspension_detail.html"
    show_full_result_count = False
    READ = (
        "user", "reason", "report", "started_at", "until", "suspended_by", "appeal", "appealed_at",
        "lifted_at", "lifted_by",
    )  # fmt: skip

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A moderator closes an account without a report, too."""
        return bool(can_moderate(request.user))

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Show everything of one that was made; ask for three things of a new one."""
        return self.READ if obj else ("user", "reason", "until")

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Tell the form who closes the account."""
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.actor = request.user
        return form

    def get_urls(self) -> list[URLPattern]:
        """Add the step that opens an account."""
        lift = self.admin_site.admin_view(require_POST(self.lift))
        return [path("<int:pk>/levantar/", lift, name="safety_suspension_lift"), *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Bring along who decided."""
        return super().get_queryset(request).select_related("user", "suspended_by", "lifted_by", "report")

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Call the page what it is."""
        return super().changelist_view(request, {**(extra_context or {}), "title": _("Suspensiones")})

    def save_model(self, request: HttpRequest, obj: Suspension, form: Any, change: bool) -> None:
        """Close the account through the service; the row that the form made is not kept."""
        made = suspension_start(
            user=obj.user, reason=obj.reason, until=obj.until, actor=cast(User, request.user)
        )
        obj.pk, obj.public_id = made.pk, made.public_id

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Say so where somebody closed the account while the form was open."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except SuspensionRefused as refusal:
            messages.error(request, str(refusal))
            return redirect("admin:safety_suspension_changelist")

    def lift(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Open an account again."""
        can_moderate(request.user).require()
        suspension = get_object_or_404(Suspension.objects.select_related("user"), pk=pk)
        if suspension.user_id == request.user.pk:
            raise PermissionDenied(_("Es tu propia cuenta: lo decide otra persona del equipo."))
        suspension_lift(suspension=suspension, actor=cast(User, request.user))
        messages.success(request, _("Levantamos la suspensión: la persona puede ingresar."))
        return redirect("admin:safety_suspension_change", pk)

    @admin.display(description=gettext_lazy("respuesta de la persona"))
    def has_answered(self, suspension: Suspension) -> str:
        """Say whether the person answered."""
        return _("respondió") if suspension.appealed_at else "—"
