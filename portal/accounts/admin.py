"""Accounts as RIL's team works with them. Memberships change through the same services as on the site."""

from collections.abc import Callable
from typing import Any, cast

from allauth.account.decorators import secure_admin_login
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as BaseUserAdmin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.accounts.closures import closure_note
from portal.accounts.forms.admin import MembershipActionForm, UserAddForm, UserEditForm
from portal.accounts.models import Membership, MembershipChange, MunicipalityDomain, User
from portal.accounts.permissions import (
    can_decide_membership,
    can_end_membership,
    can_erase_account,
    can_make_coordinator,
)
from portal.accounts.services import (
    MembershipConflict,
    account_erase,
    membership_approve,
    membership_decline,
    membership_end,
    membership_make_coordinator,
)
from portal.core.decision import Decision

# The admin's own sign-in page knows neither the limits of attempts nor the second step.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

POWERS = ("is_staff", "is_superuser", "groups", "user_permissions")


@admin.register(User)
class UserAdmin(BaseUserAdmin):
    """People. Only who runs the installation hands out powers and passwords."""

    add_form = UserAddForm
    form = UserEditForm
    ordering = ("email",)
    list_display = ("email", "name", "is_staff", "is_active", "is_sample", "date_joined")
    list_filter = ("is_staff", "is_superuser", "is_active", "is_sample")
    search_fields = ("email", "name")
    readonly_fields = ("date_joined", "last_login", "is_sample", "erased_at")
    actions = ("erase",)
    fieldsets = (
        (None, {"fields": ("email", "name", "password")}),
        (gettext_lazy("Permisos"), {"fields": ("is_active", *POWERS)}),
        (gettext_lazy("Fechas"), {"fields": ("date_joined", "last_login", "is_sample", "erased_at")}),
    )
    add_fieldsets = (
        (
            None,
            {"classes": ("wide",), "fields": ("email", "name", "usable_password", "password1", "password2")},
        ),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        """Let only superusers hand out powers, and change the address that a link to a new password goes to."""
        # A suspended account is opened where it was closed, so that history and switch agree.
        closed = ("is_active",) if obj is not None and closure_note(obj) else ()
        if request.user.is_superuser:
            return (*self.readonly_fields, *closed)
        return (*self.readonly_fields, *POWERS, *(("email",) if obj else ()), *closed)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Let only superusers change superusers, and nobody an erased account."""
        if obj is not None and (obj.erased_at or (obj.is_superuser and not request.user.is_superuser)):
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Delete nobody: accounts are erased, so that what people made for others stays."""
        return False

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:
        """Let only superusers set a password; everyone else gets a link by e-mail."""
        if not request.user.is_superuser:
            raise PermissionDenied(_("Cada persona cambia su contraseña con el enlace que pide por correo."))
        return super().user_change_password(request, id, form_url)

    @admin.action(description=gettext_lazy("Borrar los datos de estas cuentas (no se puede deshacer)"))
    def erase(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """Erase accounts on their owners' request."""
        done = 0
        for account in queryset:
            decision = can_erase_account(request.user, account)
            if decision:
                account_erase(user=account, actor=cast(User, request.user))
                done += 1
            else:
                messages.warning(request, f"{account}: {decision.reason}")
        messages.success(request, _("Cuentas borradas: %(count)d.") % {"count": done})


class MembershipChangeInline(admin.TabularInline):
    """What happened to a membership, to read only."""

    model = MembershipChange
    fields = readonly_fields = (
        "at",
        "from_status",
        "to_status",
        "to_role",
        "actor",
        "is_automatic",
        "reason",
    )
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Add nothing by hand."""
        return False


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin):
    """Memberships, with the same steps as on the site."""

    list_display = ("user", "municipality", "position", "role", "status", "started_on", "ended_on")
    list_filter = ("status", "role")
    list_select_related = ("user", "municipality")
    search_fields = ("user__email", "user__name", "municipality__name", "position")
    fields = ("user", "municipality", "position", "areas", "role", "status", "started_on", "ended_on")
    readonly_fields = ("user", "municipality", "role", "status", "started_on", "ended_on")
    filter_horizontal = ("areas",)
    inlines = (MembershipChangeInline,)
    action_form = MembershipActionForm
    actions = ("approve", "decline", "make_coordinator", "end")
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Let people ask for their memberships themselves."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Keep the history: memberships end, they do not vanish."""
        return False

    @admin.action(description=gettext_lazy("Aprobar"), permissions=["change"])
    def approve(self, request: HttpRequest, queryset: QuerySet[Membership]) -> None:
        """Approve requests."""
        self._each(request, queryset, can_decide_membership, membership_approve)

    @admin.action(description=gettext_lazy("Rechazar (con motivo)"), permissions=["change"])
    def decline(self, request: HttpRequest, queryset: QuerySet[Membership]) -> None:
        """Decline requests with the reason that was typed beside the action."""
        reason = request.POST.get("reason", "").strip()
        if not reason:
            messages.error(request, _("Escribí el motivo al lado de la acción: la persona lo va a leer."))
            return
        self._each(request, queryset, can_decide_membership, membership_decline, reason=reason)

    @admin.action(description=gettext_lazy("Nombrar para coordinar"), permissions=["change"])
    def make_coordinator(self, request: HttpRequest, queryset: QuerySet[Membership]) -> None:
        """Let members coordinate; this is how a municipality gets its first coordinator."""
        self._each(request, queryset, can_make_coordinator, membership_make_coordinator)

    @admin.action(description=gettext_lazy("Terminar"), permissions=["change"])
    def end(self, request: HttpRequest, queryset: QuerySet[Membership]) -> None:
        """End memberships."""
        reason = request.POST.get("reason", "")[:300]
        self._each(request, queryset, can_end_membership, membership_end, reason=reason)

    def _each(
        self,
        request: HttpRequest,
        memberships: QuerySet[Membership],
        may: Callable[[Any, Membership], Decision],
        step: Callable[..., Membership],
        **details: str,
    ) -> None:
        done = 0
        for membership in memberships.select_related("user", "municipality"):
            decision = may(request.user, membership)
            try:
                decision.require()
                step(membership=membership, actor=request.user, **details)
            except (PermissionDenied, MembershipConflict) as refusal:
                messages.warning(request, f"{membership}: {refusal}")
            else:
                done += 1
        messages.success(request, _("Pertenencias actualizadas: %(count)d.") % {"count": done})


@admin.register(MunicipalityDomain)
class MunicipalityDomainAdmin(admin.ModelAdmin):
    """E-mail domains of municipalities."""

    list_display = ("domain", "municipality", "approves_members")
    list_filter = ("approves_members",)
    list_select_related = ("municipality",)
    search_fields = ("domain", "municipality__name")
    autocomplete_fields = ("municipality",)
