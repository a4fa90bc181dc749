"""What is said about conversations that the team looks after, in words for those who wrote them."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from share.spam import BY_A_MACHINE, LINKS_OF_THE_NEW, MANY_LINKS, REPEATED

# Why something waits, as its author reads it; the team reads the same.
HELD_BECAUSE: Mapping[str, Promise] = {
    LINKS_OF_THE_NEW: _("tu cuenta es nueva y el texto lleva a varias páginas de afuera"),
    MANY_LINKS: _("el texto lleva a muchas páginas de afuera"),
    REPEATED: _("se parece mucho a algo que se publicó hace poco"),
    BY_A_MACHINE: _("el formulario se completó de una forma poco habitual"),
}


def held_because(code: str) -> Promise:
    """Say why something waits; in general where the code is not known any more."""
    return HELD_BECAUSE.get(code, _("conviene que alguien lo mire antes"))
