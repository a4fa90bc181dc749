"""The choice of language."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.accounts.services import account_language_set
from portal.core.language import remember_language

# What browsers say of a visit that the person herself made, on our pages or by typing the address.
OWN_VISITS = frozenset({"", "none", "same-origin"})


@require_safe
@never_cache
def language(request: HttpRequest, code: str) -> HttpResponse:
    """Keep the reader's language in a cookie and go back to the page she was on; her account's follows.

    A plain link and not a form, so that visitors' pages need no token. What another site or a browser that looks
    ahead asks for changes no account.
    """
    if code not in dict(settings.LANGUAGES):
        raise Http404
    target = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure()):
        target = reverse("pages:home")
    response = HttpResponseRedirect(target)
    remember_language(response, code)
    if request.user.is_authenticated and _is_own_visit(request):
        account_language_set(user=request.user, language=code)
    return response


def _is_own_visit(request: HttpRequest) -> bool:
    is_looking_ahead = "prefetch" in request.headers.get("Sec-Purpose", "")
    is_by_hand = request.headers.get("Sec-Fetch-Site", "") in OWN_VISITS
    return request.method == "GET" and is_by_hand and not is_looking_ahead
