"""What the map asks for."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.generic import View

from inspire.filters import SolutionFilter
from inspire.map_clusters import map_data_of, read_viewport
from inspire.models import Solution


class SolutionMapDataView(View):
    """What the map shows of the same set, for the part of the world it asks for."""

    is_public_page = True
    is_shared_page = True
    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Group the positions for the viewport."""
        filters = SolutionFilter(request.GET, queryset=Solution.objects.published())
        viewport = read_viewport(request.GET.get("bbox", ""), request.GET.get("zoom", ""))
        return JsonResponse(map_data_of(filters, viewport), json_dumps_params={"ensure_ascii": False})
