"""What every page with a message to send does when it is sent: send it, or say beside the field why not."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest

from connect.forms.messages import MessageForm
from connect.models import Message
from connect.services.conversations import Written
from portal.accounts.models import User
from portal.safety.services import LimitReached


def sent(form: MessageForm, send: Callable[[Written], Message]) -> Message | None:
    """Send what a form holds; nothing, with the reason beside the field, where it could not be sent.

    What was typed stays in the form.
    """
    if not form.is_valid():
        return None
    given = form.cleaned_data
    try:
        return send(Written(given["text"], given.get("client_key"), given["files"]))
    except (PermissionDenied, LimitReached) as error:
        form.add_error("text", str(error))
    except ValidationError as error:
        add_errors(form, error)
    return None


def add_errors(form: forms.Form, error: ValidationError) -> None:
    """Put the messages of a service beside the fields they are about; those of no field of the form, on top."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)


def typed(request: HttpRequest) -> dict[str, Any]:
    """Return what a form is bound to."""
    return {"data": request.POST, "files": request.FILES}


def person_of(request: HttpRequest) -> User:
    """Return who asks, where the page is for people who signed in."""
    assert isinstance(request.user, User)  # noqa: S101 the view requires it
    return request.user
