"""People like the reader, each with the reason."""

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.views.generic import TemplateView

from connect.suggestions.finding import suggestions_for
from connect.views.connection_access import person
from portal.core.htmx import FragmentMixin, wants_fragment

SHOWN = 24
# As a part of another page.
SHOWN_BESIDE = 3


class PeopleLikeMeView(LoginRequiredMixin, FragmentMixin, TemplateView):
    """Whom the reader may want to know, and why; asked for by another page, the first few of them."""

    template_name = "connect/people_like_me.html"
    fragment_template_name = "connect/_people_like_me.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Look for them."""
        limit = SHOWN_BESIDE if wants_fragment(self.request) else SHOWN
        return super().get_context_data(
            suggestions=suggestions_for(person(self.request), limit=limit), **kwargs
        )
