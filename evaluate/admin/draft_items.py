"""The pages on which a question or a section of a draft is written."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from evaluate.admin.access import draft_url
from evaluate.admin.draft_pages import CONFLICT, UNFIT, DraftPage
from evaluate.drafting.findings import findings
from evaluate.drafting.forms import GroupForm, QuestionForm
from evaluate.drafting.forms.question_lists import sharing
from evaluate.drafting.marks import item_mark
from evaluate.drafting.overview import item_title
from evaluate.drafting.refusals import EditRefused
from evaluate.drafting.tree import children_of, require_item
from evaluate.drafting.vocabulary import Words, known_words
from evaluate.engine.definition import FormDefinition, Group, Item, Question, Repeat
from evaluate.engine.dependencies import parent_path
from evaluate.models import QuestionnaireVersion
from evaluate.services.definitions import definition_of
from evaluate.services.drafts import DraftChanged, draft_edit

AnyForm = QuestionForm | GroupForm
KINDS = {
    "question": gettext_lazy("Pregunta nueva"),
    "group": gettext_lazy("Sección nueva"),
    "repeat": gettext_lazy("Grupo que se repite, nuevo"),
}


class ItemPage(DraftPage):
    """A page about one item, named in its address."""

    def item_of(self, definition: FormDefinition) -> Item:
        """Return the item that the address names.

        Raises EditRefused when there is none.
        """
        return require_item(definition, self.request.GET.get("ruta", ""))

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Lead back to the list from an item that is gone."""
        try:
            return super().dispatch(request, *args, **kwargs)
        except EditRefused as refusal:
            messages.error(request, refusal.message)
            return redirect(draft_url(self.version))

    def to_item(self, path: str, button: str = "editar") -> HttpResponse:
        """Lead to the list, with the item's button under the cursor."""
        return redirect(f"{draft_url(self.version)}?{urlencode({'foco': f'{button}:{path}'})}")

    def language(self) -> str:
        """The reader's language."""
        return (get_language() or "es").split("-")[0]


class DraftItem(ItemPage):
    """Everything about a question or a group."""

    template_name = "evaluate/admin/draft_item.html"

    def get(self, request: HttpRequest, version_id: int) -> HttpResponse:
        """Show the form."""
        definition = self.require_draft()
        item = self.item_of(definition)
        words = known_words()
        return self._show(_form(None, definition, item, words), self.version, words)

    def post(self, request: HttpRequest, version_id: int) -> HttpResponse:
        """Save and lead on, or show what stands in the way with all that was typed."""
        definition = self.require_draft()
        path = request.GET.get("ruta", "")
        words = known_words()
        form = _form(request.POST, definition, self.item_of(definition), words)
        if not form.is_valid():
            return self._show(form, self.version, words, status=UNFIT)
        try:
            path = self._saved(form, path)
        except DraftChanged as conflict:
            return self._conflict(form, conflict.version, words)
        except EditRefused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
            return self._show(form, self.version, words, status=UNFIT)
        messages.success(request, _("Guardaste «%(name)s».") % {"name": path.rpartition("/")[2]})
        if "quedarse" in request.POST:
            return redirect(f"{draft_url(self.version, 'item')}?{urlencode({'ruta': path})}")
        return self.to_item(path)

    def _saved(self, form: AnyForm, path: str) -> str:
        """Save the item and return the path at which it is now."""
        ways: list[str] = []
        keep = (
            {"keep_criterion": self.version.based_on_id is not None} if isinstance(form, QuestionForm) else {}
        )

        def edit(definition: FormDefinition) -> FormDefinition:
            changed, now = form.edited(definition, path, **keep)
            ways.append(now)
            return changed

        held = self.held(lambda definition: item_mark(definition, path))
        draft_edit(version_id=self.version_id, edit=edit, actor=self.request.user, held=held)
        return ways[0]

    def _conflict(self, form: AnyForm, version: QuestionnaireVersion, words: Words) -> HttpResponse:
        definition = definition_of(version)
        item = definition.by_path.get(self.request.GET.get("ruta", ""))
        if item is not None:
            form.tell_what_is_saved(_form(None, definition, item, words))
        return self._show(form, version, words, conflict=version, status=CONFLICT)

    def _show(
        self, form: AnyForm, version: QuestionnaireVersion, words: Words, *, status: int = 200, **context: Any
    ) -> HttpResponse:
        definition = definition_of(version)
        path = self.request.GET.get("ruta", "")
        item = definition.by_path.get(path)
        found = [finding for finding in findings(definition, words.known) if finding.path == path]
        context |= {
            "form": form,
            "item": item,
            "item_path": path,
            "findings": found,
            "marks": self.marks(version, item_mark(definition, path)),
            "sharing": _sharing(definition, item, self.language()),
            "around": _around(definition, path, self.language()),
        }
        title = item_title(definition, item, self.language()) if item else path
        return self.page(title, status=status, **context)


class DraftItemNew(ItemPage):
    """A new question, section or repeated group."""

    template_name = "evaluate/admin/draft_item.html"

    def get(self, request: HttpRequest, version_id: int) -> HttpResponse:
        """Show an empty form."""
        definition = self.require_draft()
        return self._show(self._form(None, definition), definition)

    def post(self, request: HttpRequest, version_id: int) -> HttpResponse:
        """Put it in its place, or show what stands in the way."""
        definition = self.require_draft()
        form = self._form(request.POST, definition)
        if not form.is_valid():
            return self._show(form, definition, status=UNFIT)
        ways: list[str] = []

        def edit(definition: FormDefinition) -> FormDefinition:
            container, place = self._place(definition)
            changed, path = form.added(definition, container, place)
            ways.append(path)
            return changed

        try:
            draft_edit(version_id=version_id, edit=edit, actor=request.user)
        except EditRefused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
            return self._show(form, definition, status=UNFIT)
        messages.success(request, _("Agregaste «%(name)s».") % {"name": ways[0].rpartition("/")[2]})
        return self.to_item(ways[0])

    def _form(self, data: Any, definition: FormDefinition) -> AnyForm:
        kind = self.request.GET.get("tipo", "question")
        if kind == "question":
            return QuestionForm(data, definition=definition, item=None, words=known_words())
        return GroupForm(data, definition=definition, item=None, kind=kind)

    def _place(self, definition: FormDefinition) -> tuple[str, int]:
        """The group that the address names, and the place in it; the end without one."""
        container = self.request.GET.get("en", "")
        end = len(children_of(definition, container))
        place = self.request.GET.get("lugar", "")
        return container, int(place) if place.isdecimal() and len(place) < len(str(10**6)) else end

    def _show(self, form: AnyForm, definition: FormDefinition, *, status: int = 200) -> HttpResponse:
        container, _place = self._place(definition)
        kind = self.request.GET.get("tipo", "question")
        title = str(KINDS.get(kind, KINDS["question"]))
        around = [
            *_around(definition, container, self.language()),
            *([item_title(definition, definition.by_path[container], self.language())] if container else []),
        ]
        return self.page(
            title, status=status, form=form, is_new=True, around=around, item_path=f"{container}/"
        )


def _form(data: Any, definition: FormDefinition, item: Item, words: Words) -> AnyForm:
    if isinstance(item, Question):
        return QuestionForm(data, definition=definition, item=item, words=words)
    kind = "repeat" if isinstance(item, Repeat) else "group"
    group = item if isinstance(item, Group) else None
    return GroupForm(data, definition=definition, item=group, kind=kind)


def _sharing(definition: FormDefinition, item: Item | None, language: str) -> list[str]:
    if not isinstance(item, Question) or not item.choice_list:
        return []
    return [item_title(definition, other, language) for other in sharing(definition, item)]


def _around(definition: FormDefinition, path: str, language: str) -> list[str]:
    """The titles of the groups around an item, the outermost first."""
    titles: list[str] = []
    item = definition.by_path.get(path)
    while item is not None and (parent := parent_path(item)):
        item = definition.by_path[parent]
        titles.insert(0, item_title(definition, item, language))
    return titles
