"""One URL serves the page and its fragment."""

from typing import Any

from django.http import HttpRequest


def wants_fragment(request: HttpRequest) -> bool:
    """Say whether the request asks for a part of the page (htmx, but neither boosted nor restoring history)."""
    htmx = getattr(request, "htmx", None)
    return bool(htmx and not htmx.boosted and not htmx.history_restore_request)


class FragmentMixin:
    """A class-based view whose htmx requests get `fragment_template_name` instead of the whole page."""

    fragment_template_name = ""
    request: HttpRequest

    def get_template_names(self) -> list[str]:
        """Choose the fragment or the page."""
        if self.fragment_template_name and wants_fragment(self.request):
            return [self.fragment_template_name]
        return super().get_template_names()  # type: ignore[misc]

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> Any:
        """Tell caches that the answer depends on who asks for which part."""
        response = super().render_to_response(context, **kwargs)  # type: ignore[misc]
        response.headers["Vary"] = ", ".join(filter(None, [response.headers.get("Vary"), "HX-Request"]))
        return response
