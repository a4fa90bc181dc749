"""Solutions for partner systems."""

from typing import Any, cast

from django.db import IntegrityError, transaction
from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import status, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import NotAuthenticated, PermissionDenied
from rest_framework.parsers import FormParser, MultiPartParser
from rest_framework.permissions import AllowAny
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from inspire.api.pages import SolutionPage
from inspire.api.parameters import FILTERS, IF_MATCH, LANGUAGE, PAGES, VIEWPORT
from inspire.api.renderers import GeoJSONRenderer
from inspire.api.serializers import ConflictSerializer, SolutionPageSerializer, SolutionSerializer
from inspire.api.writing import SolutionInput, changed_record, new_record, whole_record
from inspire.contribution_record import solution_record
from inspire.exporting.batches import whole
from inspire.exporting.columns import page_address
from inspire.exporting.geojson import feature
from inspire.filters import SolutionFilter
from inspire.map_clusters import map_data_of, read_viewport
from inspire.models import Solution
from inspire.permissions import can_add_solution, can_change_solution, can_publish_solution
from inspire.querysets import SolutionQuerySet
from inspire.record import SolutionRecord
from inspire.services import solution_archive, solution_publish, solution_withdraw, solution_write
from portal.accounts.models import User
from portal.core.api.conditional import conditional, etag_of, require_match
from portal.core.api.parsers import EncodableJSONParser
from portal.core.decision import Decision

_MOVES = {
    Solution.Status.PUBLISHED: solution_publish,
    Solution.Status.DRAFT: solution_withdraw,
    Solution.Status.ARCHIVED: solution_archive,
}
_REASON = "API"


class SolutionViewSet(viewsets.GenericViewSet):
    """The library of solutions, with the filters of its page; the network's staff also write."""

    queryset = Solution.objects.all()
    serializer_class = SolutionSerializer
    permission_classes = [AllowAny]
    renderer_classes = [JSONRenderer, GeoJSONRenderer]
    parser_classes = [EncodableJSONParser, FormParser, MultiPartParser]
    filter_backends: list[type] = []
    pagination_class = None
    lookup_field = "slug"
    lookup_value_regex = "[-a-zA-Z0-9_]+"

    def get_queryset(self) -> SolutionQuerySet:
        """Offer what this reader may see."""
        return whole(Solution.objects.visible_to(self.request.user))

    def get_serializer_context(self) -> dict[str, Any]:
        """Tell the serializer which language is wanted."""
        return {**super().get_serializer_context(), "language": self.request.query_params.get("idioma", "")}

    @extend_schema(parameters=[*FILTERS, *PAGES, LANGUAGE], responses=SolutionPageSerializer)
    def list(self, request: Request) -> HttpResponseBase:
        """List what is in the library, a page at a time; as GeoJSON with format=geojson."""
        page = SolutionPage(request)
        if self._is_geojson(request):
            features = [feature(solution) for solution in page.rows]
            return conditional(request, {"type": "FeatureCollection", **page.around(), "features": features})
        return conditional(
            request, {**page.around(), "results": self.get_serializer(page.rows, many=True).data}
        )

    @extend_schema(parameters=[LANGUAGE])
    def retrieve(self, request: Request, slug: str) -> HttpResponseBase:
        """Tell everything of one solution."""
        solution: Solution = self.get_object()
        data = feature(solution) if self._is_geojson(request) else self._shown(solution)
        return conditional(request, data, modified_at=solution.updated_at)

    @extend_schema(
        parameters=[*FILTERS, *VIEWPORT],
        responses=OpenApiResponse({"type": "object"}, "A GeoJSON FeatureCollection of at most 200 points."),
    )
    @action(detail=False, filter_backends=[])
    def clusters(self, request: Request) -> HttpResponseBase:
        """Group what is in the library into points, as the map of the page does."""
        filters = SolutionFilter(request.query_params, queryset=Solution.objects.published())
        viewport = read_viewport(request.query_params.get("bbox", ""), request.query_params.get("zoom", ""))
        return conditional(request, map_data_of(filters, viewport))

    @extend_schema(request=SolutionInput, responses={201: SolutionSerializer, 409: ConflictSerializer})
    def create(self, request: Request) -> HttpResponseBase:
        """Write a new solution, a draft unless its status says otherwise; 409 when its source's id is known."""
        self._require(can_add_solution(request.user))
        data = self._read(request)
        record = new_record(data)
        present = Solution.objects.filter(source=record.source, source_id=record.source_id).first()
        if present is not None:
            return self._conflict(present)
        try:
            with transaction.atomic():
                solution = solution_write(record=record, actor=self._writer, reason=_REASON)
                self._move(solution, data.get("status"))
        except IntegrityError:
            # The same was sent twice at once.
            present = Solution.objects.filter(source=record.source, source_id=record.source_id).first()
            if present is None:
                raise
            return self._conflict(present)
        response = self._written(solution, status.HTTP_201_CREATED)
        response.headers["Location"] = request.build_absolute_uri(f"{request.path}{solution.slug}/")
        return response

    @extend_schema(request=SolutionInput, parameters=[IF_MATCH])
    def update(self, request: Request, slug: str) -> HttpResponseBase:
        """Write a solution anew: what is not said is emptied; photos and attachments stay."""
        return self._rewrite(request, is_partial=False)

    @extend_schema(request=SolutionInput, parameters=[IF_MATCH])
    def partial_update(self, request: Request, slug: str) -> HttpResponseBase:
        """Write some fields of a solution anew."""
        return self._rewrite(request, is_partial=True)

    @transaction.atomic
    def _rewrite(self, request: Request, *, is_partial: bool) -> HttpResponseBase:
        found: Solution = self.get_object()
        self._require(can_change_solution(request.user, found))
        # Nobody else writes it between the comparison and the change.
        Solution.objects.select_for_update().get(pk=found.pk)
        solution: Solution = self.get_object()
        require_match(request, self._shown(solution))
        data = self._read(request, is_partial=is_partial)
        present = solution_record(solution)
        record: SolutionRecord = (changed_record if is_partial else whole_record)(data, present)
        solution_write(record=record, solution=solution, actor=self._writer, reason=_REASON)
        self._move(solution, data.get("status"))
        return self._written(solution, status.HTTP_200_OK)

    def _read(self, request: Request, *, is_partial: bool = False) -> dict[str, Any]:
        serializer = SolutionInput(data=request.data, partial=is_partial)
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)

    def _move(self, solution: Solution, wanted: str | None) -> None:
        """Give it the status that was asked for, if any."""
        if wanted and wanted != solution.status:
            self._require(can_publish_solution(self.request.user, solution))
            _MOVES[Solution.Status(wanted)](solution=solution, actor=self._writer, reason=_REASON)

    @property
    def _writer(self) -> User:
        """Who writes, once she was found to be allowed to."""
        return cast(User, self.request.user)

    def _require(self, decision: Decision) -> None:
        if decision:
            return
        refusal = PermissionDenied if self.request.user.is_authenticated else NotAuthenticated
        raise refusal(str(decision.reason))

    def _shown(self, solution: Solution) -> dict[str, Any]:
        return dict(self.get_serializer(solution).data)

    def _written(self, solution: Solution, code: int) -> Response:
        data = self._shown(whole(Solution.objects.all()).get(pk=solution.pk))
        response = Response(data, status=code)
        response.headers["ETag"] = etag_of(data)
        return response

    def _conflict(self, present: Solution) -> Response:
        detail = _(
            "Ya hay una solución con ese identificador en esa colección. Para cambiarla usá PUT o PATCH."
        )
        found = {"detail": detail, "slug": present.slug, "url": page_address(present.slug)}
        return Response(found, status=status.HTTP_409_CONFLICT)

    def _is_geojson(self, request: Request) -> bool:
        renderer: Any = request.accepted_renderer
        return bool(renderer.format == GeoJSONRenderer.format)
