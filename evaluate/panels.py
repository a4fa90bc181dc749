"""What Evaluarme shows on the pages of other functions."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest

from evaluate.models import QuestionnaireVersion
from portal.catalog.models import Entry

SHOWN = 3


def questionnaires_panel(request: HttpRequest, entry: Entry) -> dict[str, Any] | None:
    """Ask, beside a solution, how the reader's town stands in the same area; nothing where no questionnaire fits."""
    if not entry.areas:
        return None
    versions = list(
        QuestionnaireVersion.objects.open().in_areas(entry.areas).without_definition().by_area()[:SHOWN]
    )
    if not versions:
        return None
    # The panel stands on pages that readers share: her own results are fetched beside it, by whoever is signed in.
    own_query = urlencode({"area": entry.areas}, doseq=True)
    return {"versions": versions, "area": versions[0].questionnaire.area, "own_query": own_query}
