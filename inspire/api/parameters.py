"""What the API's description says of the filters, which are the page's own."""

from django_filters import BooleanFilter, Filter
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter

from inspire.facets import facets
from inspire.filters import SolutionFilter
from inspire.orders import Order


def _described(name: str, found: Filter) -> OpenApiParameter:
    is_facet = name in facets
    kind = OpenApiTypes.BOOL if isinstance(found, BooleanFilter) else OpenApiTypes.STR
    hint = "Repeat it for one value or another." if is_facet else _HINTS.get(name, "")
    return OpenApiParameter(name, kind, many=is_facet, description=hint)


_HINTS = {
    "q": "Words, in any language.",
    "like": "The number of a municipality: solutions of those that are similar to it, itself included.",
    "positioned": "Only what has a position.",
    "box": "west,south,east,north in degrees.",
}
FILTERS = [_described(name, found) for name, found in SolutionFilter.base_filters.items()]
LANGUAGE = OpenApiParameter(
    "idioma", description="Language of texts and figures where there is a translation; else the original's."
)
PAGES = [
    OpenApiParameter(
        "orden",
        enum=[str(order) for order in Order],
        description="Newest first unless words are asked for.",
    ),
    OpenApiParameter("cursor", description="From the addresses in next and previous."),
    OpenApiParameter("page_size", OpenApiTypes.INT, description="50 unless given, at most 200."),
]
VIEWPORT = [
    OpenApiParameter("bbox", description="What the map shows: west,south,east,north in degrees."),
    OpenApiParameter("zoom", OpenApiTypes.INT, description="0 is the world in 256 pixels."),
]
IF_MATCH = OpenApiParameter(
    "If-Match",
    location=OpenApiParameter.HEADER,
    description="The ETag of what was read from this address: 412 when it has changed since.",
)
