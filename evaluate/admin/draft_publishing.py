"""Publishing a draft, after seeing what it changes."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaluate.admin.access import to_version
from evaluate.admin.draft_pages import CONFLICT, UNFIT, DraftPage
from evaluate.engine.differences import differences
from evaluate.models import QuestionnaireVersion
from evaluate.services.definitions import definition_of
from evaluate.services.drafts import DraftChanged, DraftUnfinished, draft_findings, draft_publish


class PublishForm(forms.Form):
    """A word on what changes."""

    note = forms.CharField(
        label=gettext_lazy("Qué cambia"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "Lo lee el equipo en la lista de versiones: «Agregamos dos criterios de compostaje»."
        ),
    )


class DraftPublish(DraftPage):
    """The differences to the version in force, what is left to mend, and the button."""

    template_name = "evaluate/admin/draft_publish.html"

    def get(self, request: HttpRequest, version_id: int) -> HttpResponse:
        """Show what would change."""
        self.require_draft()
        return self._show(PublishForm(), self.version)

    def post(self, request: HttpRequest, version_id: int) -> HttpResponse:
        """Publish what was looked at; a draft that changed meanwhile is shown again first."""
        self.require_draft()
        form = PublishForm(request.POST)
        if not form.is_valid():
            return self._show(form, self.version, status=UNFIT)
        held, note = request.POST.get("held", ""), form.cleaned_data["note"]
        try:
            version = draft_publish(version_id=version_id, held=held, note=note, actor=request.user)
        except DraftChanged as conflict:
            return self._show(form, conflict.version, conflict=conflict.version, status=CONFLICT)
        except DraftUnfinished:
            return self._show(form, self.version, status=UNFIT)
        messages.success(request, _("Publicaste la versión %(number)s.") % {"number": version.number})
        return to_version(version)

    def _show(
        self, form: PublishForm, version: QuestionnaireVersion, *, status: int = 200, **context: Any
    ) -> HttpResponse:
        definition = definition_of(version)
        published = QuestionnaireVersion.objects.published()
        in_force = published.filter(questionnaire=version.questionnaire_id).first()
        old = definition_of(in_force) if in_force else None
        context |= {
            "form": form,
            "marks": self.marks(version, ""),
            "in_force": in_force,
            "differences": differences(old, definition) if old else None,
            "definition": definition,
            "problems": [finding for finding in draft_findings(version) if finding.is_blocking],
        }
        return self.page(_("Publicar"), status=status, **context)
