"""The language in which the API answers."""

from typing import Any

from django.conf import settings
from django.utils import translation
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request

_CODES = {code.split("-")[0]: code for code, _name in settings.LANGUAGES}
LANGUAGE = OpenApiParameter(
    "idioma",
    enum=list(_CODES),
    description="Language of texts and messages; else the one that the reader chose.",
)


class InReadersLanguage:
    """A view that speaks the language that `idioma` asks for; the middleware goes back to the former afterwards."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Begin with the language."""
        wanted = request.query_params.get("idioma", "").lower().split("-")[0]
        if wanted in _CODES:
            translation.activate(_CODES[wanted])
        super().initial(request, *args, **kwargs)  # type: ignore[misc]


def present_language() -> str:
    """Return the language of this answer as questionnaires name theirs."""
    return (translation.get_language() or settings.LANGUAGE_CODE).split("-")[0]
