"""Answers as a browser sends them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from evaluate.attachments import ANSWER_FILE
from evaluate.engine.question_types import SEVERAL_CHOICES_TYPES, Widget
from evaluate.engine.state import FormState
from evaluate.held import is_overtaken
from evaluate.page_node import PageNode
from evaluate.repeat_lists import changed_lists, lists_around
from evaluate.services.states import Value
from portal.accounts.models import User
from portal.files.services import file_store

MAX_LENGTH = 20_000
REMOVE_FILE = "quitar"


@dataclass(frozen=True)
class PostedSection:
    """What came with a section's form: answers, refused uploads with their messages, and lists that had changed."""

    values: dict[str, Value]
    refused: dict[str, tuple[str, ...]]
    changed_lists: frozenset[str]


def posted_value(request: HttpRequest, node: PageNode) -> Value:
    """Return what was answered to a question, as the engine takes it.

    Raises:
        ValidationError: an upload cannot be taken; the message is for the field.
    """
    if node.question.widget is Widget.UPLOAD:
        return _uploaded(request, node)
    given = [_clean(text) for text in request.POST.getlist(node.path)]
    if node.question.type in SEVERAL_CHOICES_TYPES:
        return [text for text in given if text]
    if node.question.widget is Widget.GEOPOINT:
        return " ".join(text.strip().replace(",", ".") for text in given if text.strip())
    return next(iter(given), "")


def posted_section(
    request: HttpRequest, nodes: Sequence[PageNode], state: FormState, *, place: str = ""
) -> PostedSection:
    """Return the answers to a section's questions that were on the page.

    Left out are: a question without an answer that never had one, which stays unanswered instead of emptied; what
    a colleague changed and this page sends back as it had shown it; and all in a list that changed meanwhile.

    Args:
        place: the path of a repeated group's case that the form is about to add or remove.
    """
    on_page = set(request.POST.getlist("shown"))
    changed = changed_lists(request, nodes, {*on_page, place})
    values: dict[str, Value] = {}
    refused: dict[str, tuple[str, ...]] = {}
    for node in nodes:
        if node.path not in on_page or not node.is_asked or changed.intersection(lists_around(node.path)):
            continue
        try:
            value = posted_value(request, node)
        except ValidationError as error:
            refused[node.path] = tuple(error.messages)
            continue
        is_an_answer = value or node.path in state.answers or node.value
        if is_an_answer and not is_overtaken(request, node, value):
            values[node.path] = value
    return PostedSection(values, refused, changed)


def _uploaded(request: HttpRequest, node: PageNode) -> str:
    """Keep an upload and return its id; never take an id that was sent, which could be another person's file."""
    upload = request.FILES.get(node.path)
    if isinstance(upload, UploadedFile):
        user = request.user if isinstance(request.user, User) else None
        return str(file_store(use=ANSWER_FILE, upload=upload, user=user).public_id)
    return "" if REMOVE_FILE in request.POST.getlist(node.path) else node.value


def _clean(text: str) -> str:
    # The database's JSON holds no NUL, and an answer beyond the limit is cut only far past it, for the message.
    return text.replace("\x00", "").replace("\r\n", "\n")[: MAX_LENGTH + 1]
