"""The pages on which an item of a draft goes elsewhere, or out."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from evaluate.admin.access import draft_url
from evaluate.admin.draft_items import ItemPage
from evaluate.admin.draft_pages import CONFLICT, UNFIT
from evaluate.drafting.bindings import mentioning
from evaluate.drafting.forms.moves import MoveForm
from evaluate.drafting.marks import subtree_mark
from evaluate.drafting.overview import item_title
from evaluate.drafting.refusals import EditRefused
from evaluate.drafting.tree import with_item_moved, with_item_removed
from evaluate.engine.definition import FormDefinition
from evaluate.models import QuestionnaireVersion
from evaluate.services.definitions import definition_of
from evaluate.services.drafts import DraftChanged, draft_edit


class DraftItemMove(ItemPage):
    """Another section or place for an item."""

    template_name = "evaluate/admin/draft_item_move.html"

    def get(self, request: HttpRequest, version_id: int) -> HttpResponse:
        """Ask where to."""
        definition = self.require_draft()
        return self._show(MoveForm(definition=definition, item=self.item_of(definition)))

    def post(self, request: HttpRequest, version_id: int) -> HttpResponse:
        """Move it, or say why it cannot go there."""
        definition = self.require_draft()
        item = self.item_of(definition)
        form = MoveForm(request.POST, definition=definition, item=item)
        if not form.is_valid():
            return self._show(form, status=UNFIT)
        container, place = form.target()

        def edit(definition: FormDefinition) -> FormDefinition:
            return with_item_moved(definition, item.path, container=container, place=place)

        try:
            draft_edit(version_id=version_id, edit=edit, actor=request.user)
        except EditRefused as refusal:
            form.add_error("container", refusal.message)
            return self._show(form, status=UNFIT)
        return self.to_item(f"{container}/{item.name}")

    def _show(self, form: MoveForm, *, status: int = 200) -> HttpResponse:
        title = _("Mover «%(title)s»") % {"title": item_title(form.definition, form.item, self.language())}
        return self.page(title, form=form, status=status)


class DraftItemRemove(ItemPage):
    """Taking an item out, after saying what goes with it."""

    template_name = "evaluate/admin/draft_item_remove.html"

    def get(self, request: HttpRequest, version_id: int) -> HttpResponse:
        """Ask, with what mentions it."""
        return self._show(self.version)

    def post(self, request: HttpRequest, version_id: int) -> HttpResponse:
        """Take it out, unless somebody changed it meanwhile."""
        item = self.item_of(self.require_draft())
        held = self.held(lambda definition: subtree_mark(definition, item.path))

        def edit(definition: FormDefinition) -> FormDefinition:
            return with_item_removed(definition, item.path)

        try:
            draft_edit(version_id=version_id, edit=edit, actor=request.user, held=held)
        except DraftChanged as conflict:
            return self._show(conflict.version, conflict=conflict.version, status=CONFLICT)
        messages.success(request, _("Quitaste «%(name)s» del borrador.") % {"name": item.name})
        return redirect(draft_url(self.version))

    def _show(self, version: QuestionnaireVersion, *, status: int = 200, **context: Any) -> HttpResponse:
        self.require_draft()
        definition = definition_of(version)
        item = self.item_of(definition)
        inside = [path for path in definition.by_path if path.startswith(f"{item.path}/")]
        mentions = [
            item_title(definition, other, self.language()) for other in mentioning(definition, item.path)
        ]
        marks = self.marks(version, subtree_mark(definition, item.path))
        title = _("Quitar «%(title)s»") % {"title": item_title(definition, item, self.language())}
        return self.page(
            title, item=item, inside=inside, mentions=mentions, marks=marks, status=status, **context
        )
