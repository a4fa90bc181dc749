"""Addresses of questionnaires, which share their place with the app's own pages."""

from django.urls import NoReverseMatch, Resolver404, get_resolver, resolve, reverse
from django.utils.translation import gettext as _

from evaluate.drafting.refusals import EditRefused
from evaluate.models import Questionnaire

DETAIL = "evaluate:questionnaire-detail"
EXAMPLE = "cuestionario-de-ejemplo"


def is_reserved(slug: str) -> bool:
    """Say whether a page of ours lives at the address, or below it, that a questionnaire of this name would have."""
    return slug in _first_words() or not _leads_to_questionnaire(slug)


def require_slug_free(slug: str) -> None:
    """Go on when a new questionnaire may have this address.

    Raises EditRefused when a page or another questionnaire has it.
    """
    require_slug_usable(slug)
    if Questionnaire.objects.filter(slug=slug).exists():
        raise EditRefused(_("Ya hay un cuestionario con esa dirección. Elegí otra."), "slug")


def require_slug_usable(slug: str) -> None:
    """Go on when no page of ours has this address.

    Raises EditRefused when one has.
    """
    if is_reserved(slug):
        message = _("«%(slug)s» es la dirección de otra página de Evaluarme. Elegí otra.")
        raise EditRefused(message % {"slug": slug}, "slug")


def _leads_to_questionnaire(slug: str) -> bool:
    try:
        return resolve(reverse(DETAIL, args=[slug])).view_name == DETAIL
    except (NoReverseMatch, Resolver404):
        return False


def _first_words() -> set[str]:
    """The first words of the app's addresses, such as `respuestas`."""
    _prefix, resolver = get_resolver().namespace_dict["evaluate"]
    routes = (str(pattern.pattern).split("/")[0] for pattern in resolver.url_patterns)
    return {word for word in routes if word and "<" not in word}
