"""How much of a contribution is kept: far more than anybody writes, so that no account fills the database."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from inspire.contribution_content import Merged

MOST_FIELD_BYTES = 200_000
MOST_BYTES = 1_000_000
MOST_FILES = 20


def bytes_of(value: Any) -> int:
    """Return how much room a value takes."""
    return len(json.dumps(value, ensure_ascii=False).encode())


def bounded(before: Mapping[str, Any], merged: Merged) -> tuple[Merged, dict[str, str]]:
    """Leave out what would make a field or the whole too long, and say for each such field why.

    What was too long already may stay and may be shortened.

    Args:
        before: what is kept now.
        merged: what would be kept.
    """
    content = dict(merged.content)
    growth = {name: bytes_of(content[name]) - bytes_of(before.get(name, "")) for name in merged.changed}
    growing = sorted((name for name in growth if growth[name] > 0), key=growth.__getitem__, reverse=True)
    refused: dict[str, str] = {}
    for name in growing:
        if bytes_of(content[name]) > MOST_FIELD_BYTES:
            refused[name] = _(
                "Esto es demasiado largo y no se guardó: entran unas 200.000 letras. "
                "Acortalo, o sumalo como documento."
            )
        elif bytes_of(content) > MOST_BYTES:
            refused[name] = _(
                "El borrador entero es demasiado largo y esto no se guardó. "
                "Acortá algo, o sumalo como documento."
            )
        else:
            continue
        content[name] = before.get(name, "")
    changed = tuple(name for name in merged.changed if name not in refused)
    return replace(merged, content=content, changed=changed), refused
