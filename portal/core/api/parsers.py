"""JSON that partners send, whatever is in it."""

import re
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")


class EncodableJSONParser(JSONParser):
    """JSON without NUL and halves of characters, which it can spell and the database cannot hold."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        """Read it.

        Raises:
            ParseError: it is no JSON, or so deep that nobody means it.
        """
        try:
            return _encodable(super().parse(stream, media_type, parser_context))
        except RecursionError as error:
            raise ParseError(_("El JSON tiene demasiados niveles, uno dentro de otro.")) from error


def _encodable(value: Any) -> Any:
    if isinstance(value, str):
        return _UNWRITABLE.sub("", value)
    if isinstance(value, list):
        return [_encodable(part) for part in value]
    if isinstance(value, dict):
        return {_encodable(name): _encodable(part) for name, part in value.items()}
    return value
