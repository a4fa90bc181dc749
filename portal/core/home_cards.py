"""What the apps have to say to a person who comes in: few lines, each with what she can do about it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe

from portal.core.registry import Registry


@dataclass(frozen=True)
class HomeCard:
    """Something that waits for a person, or that she is invited to.

    Args:
        context: what the partial is given for a signed-in person; None when there is nothing to say. It asks a
            number of queries that does not grow with the rows.
    """

    id: str
    label: str | Promise
    template_name: str
    context: Callable[[Any], dict[str, Any] | None]
    order: int = 0


home_cards: Registry[HomeCard] = Registry("home cards")


def home_cards_for(request: HttpRequest) -> list[SafeString]:
    """Render the cards of who reads; those with nothing to say are left out, and visitors have none."""
    if not request.user.is_authenticated:
        return []
    rendered = []
    for card in home_cards:
        context = card.context(request.user)
        if context is not None:
            rendered.append(mark_safe(render_to_string(card.template_name, context, request)))  # noqa: S308
    return rendered
