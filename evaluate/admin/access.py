"""Pages of questionnaires in the admin: for those who manage them, whatever table permissions they have."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views import View

from evaluate.models import QuestionnaireVersion
from evaluate.permissions import can_manage_questionnaires


class ManagedByStaff:
    """Asks the app's own rule instead of table permissions."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Show it to those who manage questionnaires."""
        return bool(can_manage_questionnaires(request.user))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Open it to those who manage questionnaires."""
        return bool(can_manage_questionnaires(request.user))


class AdminPage(View):
    """A page of ours inside the admin, with the admin's own frame around it."""

    model_admin: Any = None
    template_name = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Turn away whoever does not manage questionnaires."""
        can_manage_questionnaires(request.user).require()
        return super().dispatch(request, *args, **kwargs)

    def page(self, title: str, *, status: int = 200, **context: Any) -> HttpResponse:
        """Return the page with the admin's context."""
        frame = self.model_admin.admin_site.each_context(self.request)
        whole = {**frame, "opts": self.model_admin.opts, "title": title, **context}
        return render(self.request, self.template_name, whole, status=status)


class VersionPage(AdminPage):
    """A page about one version of a questionnaire."""

    version: QuestionnaireVersion

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Keep the version's key; the row is read once the visitor may see it."""
        super().setup(request, *args, **kwargs)
        self.version_id: int = kwargs["version_id"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Read the version after asking whether the reader may."""
        can_manage_questionnaires(request.user).require()
        versions = QuestionnaireVersion.objects.select_related("questionnaire__area", "edited_by")
        self.version = get_object_or_404(versions, pk=self.version_id)
        return super().dispatch(request, *args, **kwargs)

    def page(self, title: str, *, status: int = 200, **context: Any) -> HttpResponse:
        """Return the page with the version."""
        return super().page(title, status=status, version=self.version, **context)


def draft_url(version: QuestionnaireVersion, page: str = "overview") -> str:
    """Return the address of one of a draft's pages."""
    return reverse(f"admin:evaluate_draft_{page}", args=[version.pk])


def version_url(version: QuestionnaireVersion) -> str:
    """Return the address of a version's page."""
    return reverse("admin:evaluate_questionnaireversion_change", args=[version.pk])


def to_version(version: QuestionnaireVersion) -> HttpResponse:
    """Lead to a version's page."""
    return redirect(version_url(version))
