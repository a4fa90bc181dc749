"""What every page does on which somebody writes: send it, or preview it, or find whom to mention, and lose nothing.

The form's own buttons do all that without a script: the page comes back with what was typed and what was asked for.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest
from django.utils.safestring import SafeString

from portal.accounts.colleagues import Colleague
from portal.accounts.models import User
from portal.safety.services import LimitReached
from share.threads.mentioning import mentions_offered, people_offered
from share.threads.references import html_filled, named_in, people_named
from share.threads.texts import mention_of, text_html

ACTION, WORDS, MENTIONED = "accion", "mencion", "mencionar"
PREVIEW, SEARCH = "ver", "buscar"
MAX_PREVIEWED = 20_000
Made = TypeVar("Made")
Written = TypeVar("Written", bound=forms.Form)


@dataclass(frozen=True)
class Asked:
    """What a form asks for instead of being sent.

    Args:
        preview: how the text will look; None where it was not asked for.
        offered: who was found to be mentioned, with what stands in a text for each.
        words: with which words.
        are_files_lost: whether files were chosen, which a browser forgets with the page.
    """

    preview: SafeString | None = None
    offered: list[tuple[Colleague, str]] = field(default_factory=list)
    words: str = ""
    are_files_lost: bool = False


def asks_for_something(request: HttpRequest) -> bool:
    """Say whether a form was sent to see or to look for something, and not to be kept."""
    return request.POST.get(ACTION, "") in (PREVIEW, SEARCH) or MENTIONED in request.POST


def asked(request: HttpRequest, field_name: str = "text") -> Asked:
    """Return what a form asked for."""
    if request.method != "POST":
        return Asked()
    words = request.POST.get(WORDS, "")[:100].strip()
    is_preview = request.POST.get(ACTION) == PREVIEW
    return Asked(
        preview=previewed(request.user, request.POST.get(field_name, "")) if is_preview else None,
        offered=mentions_offered(people_offered(request.user, words)),
        words=words,
        are_files_lost=any(request.FILES.values()),
    )


def previewed(reader: Any, text: str) -> SafeString:
    """Return a text as it will look to whoever writes it."""
    html = text_html(text[:MAX_PREVIEWED])
    return html_filled(html, named_in(reader, [html]))


def kept_open(request: HttpRequest, form: Written, make: Callable[..., Written]) -> Written:
    """Return a form with what was typed in it and without complaints, with whom was chosen to be mentioned."""
    initial = {
        name: each.widget.value_from_datadict(request.POST, request.FILES, form.add_prefix(name))
        for name, each in form.fields.items()
        if not isinstance(each, forms.FileField)
    }
    initial["text"] = f"{initial.get('text') or ''}{_chosen(request)}"
    return make(initial=initial)


def sent(form: forms.Form, send: Callable[[dict[str, Any]], Made]) -> Made | None:
    """Send what a form holds; nothing, with the reason beside the field, where it could not be sent."""
    if not form.is_valid():
        return None
    try:
        return send(form.cleaned_data)
    except (PermissionDenied, LimitReached) as error:
        form.add_error("text" if "text" in form.fields else None, str(error))
    except ValidationError as error:
        _add_errors(form, error)
    return None


def person_of(request: HttpRequest) -> User:
    """Return who asks, where the page is for people who signed in."""
    assert isinstance(request.user, User)  # noqa: S101 the view requires it
    return request.user


def _add_errors(form: forms.Form, error: ValidationError) -> None:
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)


def _chosen(request: HttpRequest) -> str:
    """Return what is added to a text for the person who was chosen, if the writer may know her."""
    try:
        wanted = UUID(request.POST.get(MENTIONED, ""))
    except ValueError:
        return ""
    person = people_named(request.user, [wanted]).get(wanted)
    return f" {mention_of(wanted, person.name)} " if person is not None else ""
