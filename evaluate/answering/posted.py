"""Answers as a browser sends them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext as _

from evaluate.answering.held import Standing, is_stale, standing_of
from evaluate.answering.page_node import PageNode
from evaluate.answering.repeat_lists import changed_lists, lists_around
from evaluate.attachments import ANSWER_FILE
from evaluate.engine.question_types import SEVERAL_CHOICES_TYPES, Widget
from evaluate.engine.state import FormState
from evaluate.items.applicability import is_not_applicable, may_not_apply
from evaluate.items.conflicts import Conflict, conflicts_among
from evaluate.models import Evaluation
from evaluate.services.answering import Given
from evaluate.services.states import Value
from portal.accounts.models import User
from portal.files.services import file_store

MAX_LENGTH = 20_000
MAX_REASON = 1_000
REMOVE_FILE = "quitar"
# Beside a question's own name: whether it was said not to apply, and why; what its reader keeps against another's.
NOT_APPLICABLE = ":na"
REASON = ":motivo"
MINE = ":mia"


@dataclass(frozen=True)
class PostedSection:
    """What came with a section's form.

    Args:
        given: answers to keep.
        refused: uploads that were not taken, with their messages.
        changed_lists: lists that had changed meanwhile.
        conflicts: what somebody else answered meanwhile otherwise.
    """

    given: dict[str, Given]
    refused: dict[str, tuple[str, ...]]
    changed_lists: frozenset[str]
    conflicts: dict[str, Conflict] = field(default_factory=dict)

    @property
    def values(self) -> dict[str, Value]:
        """The answers, without those that stay as they are."""
        return {path: given.value for path, given in self.given.items() if given.value is not None}

    @property
    def reasons(self) -> dict[str, str | None]:
        """Why questions do not apply; None for those that apply again."""
        return {
            path: given.reason
            for path, given in self.given.items()
            if given.value is None or given.reason is not None
        }


def posted_given(request: HttpRequest, node: PageNode) -> Given:
    """Return what was said to a question.

    Raises:
        ValidationError: an upload cannot be taken; the message is for the field.
    """
    if node.question.widget is Widget.UPLOAD:
        return Given(_uploaded(request, node))
    value = posted_value(request, node)
    if not may_not_apply(node):
        return Given(value)
    is_marked, was_marked = f"{node.path}{NOT_APPLICABLE}" in request.POST, is_not_applicable(node)
    if is_marked and not (was_marked and _is_another(node, value)):
        reason = _clean(request.POST.get(f"{node.path}{REASON}", ""))[:MAX_REASON].strip()
        return Given(value if value and not was_marked else None, reason)
    return Given(None) if was_marked and not value else Given(value)


def posted_value(request: HttpRequest, node: PageNode, name: str = "") -> Value:
    """Return the fields of a question as the engine takes them.

    Args:
        name: of the fields, where it is not the question's own.
    """
    given = [_clean(text) for text in request.POST.getlist(name or node.path)]
    if node.question.type in SEVERAL_CHOICES_TYPES:
        return [text for text in given if text]
    if node.question.widget is Widget.GEOPOINT:
        return " ".join(text.strip().replace(",", ".") for text in given if text.strip())
    return next(iter(given), "")


def posted_section(
    request: HttpRequest,
    nodes: Sequence[PageNode],
    state: FormState,
    *,
    evaluation: Evaluation,
    place: str = "",
    mine: str = "",
    theirs: str = "",
) -> PostedSection:
    """Return the answers to a section's questions that were on the page.

    Left out are: a question without an answer that never had one, which stays unanswered instead of emptied; what
    a colleague changed and this page sends back as it had shown it; what a colleague answered otherwise, which its
    reader has to decide; and all in a list that changed meanwhile.

    Args:
        place: the path of a repeated group's case that the form is about to add or remove.
        mine: the path of a question whose own answer the pressed button keeps against another's.
        theirs: the path of one where it leaves the other's.
    """
    on_page = set(request.POST.getlist("shown")) - {theirs}
    changed = changed_lists(request, nodes, {*on_page, place})
    given: dict[str, Given] = {}
    refused: dict[str, tuple[str, ...]] = {}
    overtaken: dict[str, tuple[PageNode, Given]] = {}
    for node in nodes:
        if node.path not in on_page or not node.is_asked or changed.intersection(lists_around(node.path)):
            continue
        try:
            said = posted_mine(request, node) if node.path == mine else posted_given(request, node)
        except ValidationError as error:
            refused[node.path] = tuple(error.messages)
            continue
        standing = standing_of(request, node, said)
        if standing is Standing.OVERTAKEN:
            overtaken[node.path] = (node, said)
        if standing is not Standing.UNTOUCHED and _says_something(node, said, state):
            given[node.path] = said
    conflicts = conflicts_among(overtaken, evaluation=evaluation, user=request.user)
    kept = {path: said for path, said in given.items() if path not in conflicts}
    return PostedSection(kept, refused, changed, conflicts)


def posted_mine(request: HttpRequest, node: PageNode) -> Given:
    """Return the answer that its reader keeps against the one that somebody else gave meanwhile."""
    if node.question.widget is Widget.UPLOAD:
        return posted_given(request, node)
    name = f"{node.path}{MINE}"
    reason = request.POST.get(f"{name}{REASON}")
    if reason is not None and may_not_apply(node):
        return Given(None, _clean(reason)[:MAX_REASON])
    return Given(posted_value(request, node, name))


def _says_something(node: PageNode, given: Given, state: FormState) -> bool:
    if given.value is None:
        return True
    return bool(given.value or node.path in state.answers or node.value)


def _is_another(node: PageNode, value: Value) -> bool:
    """Say whether fields that were empty while it did not apply hold an answer now."""
    return bool(value) and value != node.state.answers.get(node.path, "")


def _uploaded(request: HttpRequest, node: PageNode) -> str:
    """Keep an upload and return its id; never take an id that was sent, which could be another person's file."""
    upload = request.FILES.get(node.path)
    removes = REMOVE_FILE in request.POST.getlist(node.path)
    if (upload or removes) and is_stale(request, node):
        raise ValidationError(
            _(
                "Este archivo cambió desde que abriste la página. "
                "Fijate cuál quedó y, si querés reemplazarlo, elegí el tuyo otra vez."
            )
        )
    if isinstance(upload, UploadedFile):
        user = request.user if isinstance(request.user, User) else None
        return str(file_store(use=ANSWER_FILE, upload=upload, user=user).public_id)
    return "" if removes else node.value


def _clean(text: str) -> str:
    # The database's JSON holds no NUL, and an answer beyond the limit is cut only far past it, for the message.
    return text.replace("\x00", "").replace("\r\n", "\n")[: MAX_LENGTH + 1]
