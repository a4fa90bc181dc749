"""Languages that people of the network speak, by their codes of ISO 639."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SPOKEN: dict[str, str | Promise] = {
    "es": _("español"),
    "pt": _("portugués"),
    "en": _("inglés"),
    "gn": _("guaraní"),
    "qu": _("quechua"),
    "ay": _("aimara"),
    "arn": _("mapudungun"),
    "fr": _("francés"),
    "it": _("italiano"),
    "de": _("alemán"),
}


def language_names(codes: Iterable[str]) -> tuple[str, ...]:
    """Return the names of languages in the reader's; a code that is offered no more is left out."""
    return tuple(str(SPOKEN[code]) for code in codes if code in SPOKEN)
