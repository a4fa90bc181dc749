"""The page of a solution."""

from typing import Any

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.views.generic import DetailView

from inspire.models import Solution, SolutionAttachment, SolutionPerson, SolutionPhoto
from inspire.querysets import KIND
from inspire.reading import solution_page
from inspire.structured_data import structured_data
from portal.catalog.models import Entry
from portal.core.language import language_name


class SolutionDetailView(DetailView):
    """The page of one solution, in the reader's language where it can be."""

    template_name = "inspire/solution_detail.html"
    is_public_page = True
    is_shared_page = True

    def get_queryset(self) -> QuerySet[Solution]:
        """Offer what this reader may see."""
        return Solution.objects.visible_to(self.request.user).for_page().prefetch_related(*_parts())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Choose the language, and find what stands beside the solution."""
        solution: Solution = self.object
        wanted = self.request.GET.get("idioma", "")
        text = solution.text_in(wanted) if wanted in solution.languages else solution.shown
        page = solution_page(solution, text.language)
        addresses = _addresses(solution)
        canonical = self.request.build_absolute_uri(addresses[text.language])
        return super().get_context_data(
            page=page,
            text=text,
            language_name=language_name(text.language),
            original_name=language_name(solution.language),
            is_translation=text.language != solution.language,
            other_languages=[
                (code, language_name(code)) for code in solution.languages if code != text.language
            ],
            canonical=canonical,
            alternates=[
                (code, self.request.build_absolute_uri(address)) for code, address in addresses.items()
            ],
            share_image=self.request.build_absolute_uri(page.photos[0].picture.src) if page.photos else "",
            structured_data=structured_data(solution, page, canonical, self.request.build_absolute_uri),
            entry=Entry.objects.of_kind(KIND).filter(object_id=solution.pk).defer("body", "search").first(),
            **kwargs,
        )


def _parts() -> list[Prefetch]:
    """Load the people with their accounts, and the files with what a page says of them."""
    return [
        Prefetch("people", SolutionPerson.objects.select_related("user")),
        Prefetch("photos", SolutionPhoto.objects.select_related("file")),
        Prefetch("photos__file__thumbnails"),
        Prefetch("attachments", SolutionAttachment.objects.select_related("file")),
    ]


def _addresses(solution: Solution) -> dict[str, str]:
    """Return the page's address in each of its languages; the portal's own language needs no parameter."""
    plain = solution.get_absolute_url()
    usual = solution.text_in(settings.LANGUAGE_CODE[:2]).language
    return {code: plain if code == usual else f"{plain}?idioma={code}" for code in solution.languages}
