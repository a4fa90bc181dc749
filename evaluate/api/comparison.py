"""A result beside those of its peers."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponseBase
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from evaluate.api.language import LANGUAGE
from evaluate.benchmark.benchmark import Benchmark, ComparedRow, GroupShown, benchmark_of
from evaluate.benchmark.groups import Family
from evaluate.models import Evaluation, EvaluationRun
from evaluate.views.access import seen_evaluation
from portal.accounts.affiliation import active_municipalities
from portal.core.api.conditional import conditional
from portal.places.models import Municipality

GROUP = OpenApiParameter(
    "group",
    enum=[str(family) for family in Family],
    description="Which peers; else the closest with figures.",
)


class PeerGroupSerializer(serializers.Serializer):
    """A peer group, and why it has no figures, if so."""

    family = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    rule, reason = serializers.CharField(), serializers.CharField()
    count = serializers.IntegerField(allow_null=True, help_text="How many towns; never fewer than five.")
    oldest_at, newest_at = (
        serializers.DateTimeField(allow_null=True),
        serializers.DateTimeField(allow_null=True),
    )
    released_at = serializers.DateTimeField(allow_null=True)


class ComparedSerializer(serializers.Serializer):
    """The total, a section or a criterion: the own value and the group's, in whole per cent."""

    key = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    own = serializers.IntegerField(allow_null=True)
    n = serializers.CharField(
        help_text="Of how many towns; not to the last one where that would tell too much."
    )
    q1, median = serializers.IntegerField(allow_null=True), serializers.IntegerField(allow_null=True)
    q3 = serializers.IntegerField(allow_null=True)
    position = serializers.CharField()


class BenchmarkSerializer(serializers.Serializer):
    """A result beside a peer group, and the groups that could be chosen instead."""

    self_reported = serializers.CharField()
    groups, chosen = PeerGroupSerializer(many=True), PeerGroupSerializer()
    total = ComparedSerializer()
    sections, criteria = ComparedSerializer(many=True), ComparedSerializer(many=True)


class Comparison:
    """The comparison of an evaluation, where it has a result."""

    @extend_schema(parameters=[GROUP, LANGUAGE], responses=BenchmarkSerializer)
    @action(detail=True)
    def benchmark(self, request: Request, public_id: str) -> HttpResponseBase:
        """Compare the result with a peer group; under five towns nothing is told. 404 while there is no result."""
        found = seen_evaluation(request._request, UUID(public_id))
        run = found.runs.order_by("-id").first()
        if run is None or found.is_draft or run.status != EvaluationRun.Status.DONE:
            raise Http404(_("Todavía no hay un resultado para comparar."))
        family = request.query_params.get("group", "")
        compared = benchmark_of(found, run, municipality=_town(request, found), family=family)
        return conditional(request, _told(compared))


def _town(request: Request, evaluation: Evaluation) -> Municipality | None:
    """Whose peers are meant: the municipality's own, or those of where the owner of a self-check works."""
    if evaluation.municipality is not None:
        return evaluation.municipality
    return active_municipalities(request.user).order_by("id").first()


def _told(compared: Benchmark) -> dict[str, Any]:
    return {
        "self_reported": compared.self_reported,
        "groups": [_group(group) for group in compared.groups],
        "chosen": _group(compared.chosen),
        "total": _row(compared.total),
        "sections": [_row(row) for row in compared.sections],
        "criteria": [_row(row) for row in compared.criteria],
    }


def _group(group: GroupShown) -> dict[str, Any]:
    return {
        "family": str(group.family),
        "label": str(group.label),
        "rule": str(group.rule),
        "reason": str(group.reason),
        "count": group.count,
        "oldest_at": group.oldest_at,
        "newest_at": group.newest_at,
        "released_at": group.released_at,
    }


def _row(row: ComparedRow) -> dict[str, Any]:
    return {
        "key": row.key,
        "label": str(row.label),
        "own": row.own,
        "n": row.n_words,
        "q1": row.group.q1 if row.group else None,
        "median": row.group.median if row.group else None,
        "q3": row.group.q3 if row.group else None,
        "position": str(row.position_words),
    }
