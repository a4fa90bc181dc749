"""What helps while one writes: how it will look, and whom one can mention."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from share.threads.mentioning import mentions_offered, people_offered
from share.views.composing import WORDS, previewed

_FIELD = "field"


@login_required
@never_cache
@require_POST
def markdown_preview(request: HttpRequest) -> HttpResponse:
    """Show how a text will look; `field` names the one that is meant, "text" unless it says so."""
    name = request.POST.get(_FIELD, "text")
    html = previewed(request.user, request.POST.get(name, ""))
    return render(request, "components/markdown_preview.html", {"preview": html})


@login_required
@never_cache
@require_safe
def people_to_mention(request: HttpRequest) -> HttpResponse:
    """List the first people whom a writer finds by words."""
    words = request.GET.get(WORDS, "")[:100]
    people = people_offered(request.user, words)
    return render(
        request, "share/_mention_people.html", {"offered": mentions_offered(people), "words": words.strip()}
    )
