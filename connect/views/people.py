"""A person's page."""

from typing import Any

from django.utils.decorators import method_decorator
from django.views.decorators.cache import cache_control
from django.views.generic import TemplateView

from connect.people.contributions import contributions_of
from connect.people.finding import shown_person


# Whether a person is there may change from one moment to the next, and from one reader to the other.
@method_decorator(cache_control(private=True, no_cache=True), name="dispatch")
class PersonDetailView(TemplateView):
    """A person as this reader may see her; who is hidden, gone or kept apart from the reader is not found."""

    template_name = "connect/person_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather what the reader may see, and a page of what she shared."""
        person = shown_person(self.request.user, kwargs["public_id"])
        asked = self.request.GET
        contributions = contributions_of(
            self.request.user, person, kind=asked.get("tipo", ""), cursor=asked.get("cursor", "")
        )
        return super().get_context_data(person=person, contributions=contributions, **kwargs)
