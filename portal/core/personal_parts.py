"""Parts of a page that are about the person who reads it, left open while a shared page is made."""

import re
from functools import cache
from typing import Any

from django.http import HttpRequest
from django.template import Context, Engine, RequestContext
from django.template.loader import render_to_string
from django.utils.crypto import salted_hmac
from django.utils.safestring import SafeString, mark_safe


def personal_part(request: HttpRequest, template_name: str) -> SafeString:
    """Render a part for this reader, or leave its place open in a page that is made to be shared."""
    if getattr(request, "leaves_personal_parts", False):
        return mark_safe(f"⟦{_seal()}:{template_name}⟧")  # noqa: S308 a template's name of ours
    return render_to_string(template_name, {}, request)


def fill_personal_parts(request: HttpRequest, page: str) -> str:
    """Fill the open places of a shared page for this reader."""
    context = _reader_context(request)
    engine = Engine.get_default()
    return _open_places().sub(
        lambda place: engine.get_template(place.group(1)).render(Context(context)), page
    )


def _reader_context(request: HttpRequest) -> dict[Any, Any]:
    """Ask the context processors once for all parts."""
    context = RequestContext(request)
    with context.bind_template(Engine.get_default().from_string("")):
        return context.flatten()


@cache
def _open_places() -> re.Pattern[str]:
    return re.compile(rf"⟦{_seal()}:([\w/.-]+)⟧")


@cache
def _seal() -> str:
    """Return what marks our open places; nobody who writes a text for the portal can know it."""
    return salted_hmac("portal.core.personal_parts", "place").hexdigest()[:20]
