"""What Conectarme shows on the pages of other functions."""

from typing import Any

from django.http import HttpRequest

from portal.catalog.models import Entry

PERSON = "person"


def ask_panel(request: HttpRequest, entry: Entry) -> dict[str, Any] | None:
    """Offer, beside a thing, to ask whoever is behind it; a person is written to from her own page.

    The panel stands on pages that readers share, so it is the same for all: who can be asked is said on the page it
    leads to.
    """
    return None if entry.kind == PERSON else {"kind": entry.kind, "object_id": entry.object_id}
