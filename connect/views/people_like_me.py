"""People like the reader, each with the reason."""

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.views.generic import TemplateView

from connect.suggestions import suggestions_for
from connect.views.connection_access import person

SHOWN = 24


class PeopleLikeMeView(LoginRequiredMixin, TemplateView):
    """Whom the reader may want to know, and why."""

    template_name = "connect/people_like_me.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Look for them."""
        return super().get_context_data(
            suggestions=suggestions_for(person(self.request), limit=SHOWN), **kwargs
        )
