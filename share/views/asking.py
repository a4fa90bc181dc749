"""What somebody who is about to ask is offered, and what somebody who was asked can do."""

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from portal.core.htmx import FragmentMixin
from share.models import RoutedQuestion, Thread
from share.routing.declining import routed_from
from share.services.routing import question_decline
from share.threads.before_asking import offers_for


class SimilarView(LoginRequiredMixin, FragmentMixin, TemplateView):
    """Questions and things like the one whose title is being typed.

    A fragment below the title; without JavaScript a page of its own, to which the form is posted in another tab, so
    that what was typed stays where it is.
    """

    template_name = "share/similar.html"
    fragment_template_name = "share/_similar.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer a form that is sent here while it is still being written."""
        return self.get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Look for what there is like it."""
        given = self.request.POST if self.request.method == "POST" else self.request.GET
        title = " ".join(given.get("title", "").replace("\x00", "").split())[:300]
        return super().get_context_data(
            wanted_title=title, offers=offers_for(self.request.user, title), **kwargs
        )


@method_decorator(never_cache, name="dispatch")
class RoutedDeclineView(View):
    """Says that somebody would rather not answer; the address is signed, and asks before it does anything.

    It is opened from an e-mail too, where nobody may be signed in, and by machines that look at links: to open it
    changes nothing.
    """

    template_name = "share/routed_decline.html"

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """Ask."""
        return self._page(request, token)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        """Note it; said twice, it is noted once."""
        return self._page(request, token, is_said=True)

    def _page(self, request: HttpRequest, token: str, *, is_said: bool = False) -> HttpResponse:
        try:
            routed = routed_from(token)
        except (signing.BadSignature, RoutedQuestion.DoesNotExist):
            return render(request, self.template_name, {"routed": None}, status=404)
        if is_said:
            question_decline(routed=routed)
            routed.refresh_from_db()
        # Whoever holds the address learns no more than the e-mail said, unless she may read it anyway.
        thread = Thread.objects.visible_to(request.user).filter(pk=routed.thread_id).first()
        return render(request, self.template_name, {"routed": routed, "thread": thread})
