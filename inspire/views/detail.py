"""The page of a solution."""

from typing import Any

from django.db.models import QuerySet
from django.views.generic import DetailView

from inspire.map_inset import Inset, map_inset
from inspire.models import Solution
from inspire.querysets import KIND
from portal.catalog.models import Entry
from portal.core.language import language_name


class SolutionDetailView(DetailView):
    """The page of one solution, in the reader's language where it can be."""

    template_name = "inspire/solution_detail.html"
    is_public_page = True
    is_shared_page = True

    def get_queryset(self) -> QuerySet[Solution]:
        """Offer what this reader may see."""
        return Solution.objects.visible_to(self.request.user).for_page()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Choose the language, and find what stands beside the solution."""
        solution: Solution = self.object
        wanted = self.request.GET.get("idioma", "")
        text = solution.text_in(wanted) if wanted in solution.languages else solution.shown
        return super().get_context_data(
            text=text,
            language_name=language_name(text.language),
            original_name=language_name(solution.language),
            is_translation=text.language != solution.language,
            other_languages=[
                (code, language_name(code)) for code in solution.languages if code != text.language
            ],
            entry=Entry.objects.of_kind(KIND).filter(object_id=solution.pk).first(),
            inset=_inset(solution),
            **kwargs,
        )


def _inset(solution: Solution) -> Inset | None:
    """Return the small map of a place; a solution of a whole country has none to show."""
    if solution.latitude is None or solution.longitude is None or solution.is_country_wide:
        return None
    return map_inset(solution.latitude, solution.longitude)
