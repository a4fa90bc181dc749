"""Why a criterion or a question does not count, in words."""

from django.utils.translation import gettext as _

from evaluate.engine.scoring import NO_MAXIMUM, NOT_APPLICABLE, NOT_RELEVANT


def exclusion_text(because: str) -> str:
    """Say why something does not count; nothing for what does."""
    return {
        "": "",
        NOT_RELEVANT: _("No correspondía según otras respuestas."),
        NOT_APPLICABLE: _("Se marcó que no aplica."),
        NO_MAXIMUM: _("Ninguna de sus opciones suma puntos, así que no hay con qué compararlo."),
    }.get(because, because)
