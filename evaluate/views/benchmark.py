"""A result beside those of its peers."""

from typing import Any
from uuid import UUID

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views import View

from evaluate.benchmark.benchmark import benchmark_of
from evaluate.benchmark.figure import figures_of
from evaluate.benchmark.groups import Family
from evaluate.models import Evaluation
from evaluate.views.access import seen_evaluation
from portal.accounts.affiliation import active_municipalities
from portal.places.models import Municipality

# The groups as addresses name them.
FAMILIES = {
    "similares": Family.SIMILAR,
    "tamano": Family.POPULATION,
    "provincia": Family.PROVINCE,
    "red": Family.ALL,
}
NAMES = {family: name for name, family in FAMILIES.items()}


class EvaluationBenchmark(LoginRequiredMixin, View):
    """The comparison with a peer group one chooses, for whoever may see the evaluation."""

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """Show it, or say what is missing and where to go on."""
        found = seen_evaluation(request, public_id)
        if found.is_draft:
            return redirect(found)
        context: dict[str, Any] = {"evaluation": found, "version": found.version}
        run = found.runs.order_by("-id").first() if found.version.is_scored else None
        context["run"] = run
        if run is not None and run.status == run.Status.DONE:
            town = _town(request, found)
            family = FAMILIES.get(request.GET.get("grupo", ""), "")
            benchmark = benchmark_of(found, run, municipality=town, family=family)
            context["benchmark"] = benchmark
            context["choices"] = [(NAMES[Family(group.family)], group) for group in benchmark.groups]
            if benchmark.chosen.has_figures:
                context["figures"] = figures_of(benchmark)
        return render(request, "evaluate/benchmark/evaluation_benchmark.html", context)


def _town(request: HttpRequest, evaluation: Evaluation) -> Municipality | None:
    """Whose peers are meant: the municipality's own, or those of where the owner of a self-check works."""
    if evaluation.municipality is not None:
        return evaluation.municipality
    return active_municipalities(request.user).order_by("id").first()
