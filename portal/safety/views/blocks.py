"""Keeping somebody away, and one's own list of those kept away."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView

from portal.accounts.models import User
from portal.core.paging import Keyset
from portal.safety.acquaintances import known_name
from portal.safety.models import Block
from portal.safety.permissions import can_block_person
from portal.safety.services import block_add, block_remove
from portal.safety.views.access import reader, way_back


class BlockView(LoginRequiredMixin, View):
    """Says what a block does, and makes it once the reader confirms; a button elsewhere may post here to be asked."""

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """Explain and ask."""
        other, name = _known_person(reader(request), public_id)
        if Block.objects.filter(blocker=reader(request), blocked=other).exists():
            return redirect("safety:block-list")
        back = way_back(request, reverse("safety:block-list"))
        return render(request, "safety/block_confirm.html", {"person": other, "name": name, "back": back})

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """Ask first, and block when the answer is yes."""
        if request.POST.get("confirmed") != "yes":
            return self.get(request, public_id)
        other, name = _known_person(reader(request), public_id)
        can_block_person(request.user, other).require()
        block_add(user=reader(request), other=other, known_as=name)
        messages.success(
            request,
            _("Listo: ya no se ven ni se pueden escribir con %(name)s. No le avisamos.") % {"name": name},
        )
        return redirect("safety:block-list")


@require_POST
@login_required
def unblock(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take away the reader's own block; of whom she did not block it tells nothing."""
    block = Block.objects.filter(blocker=reader(request), blocked__public_id=public_id).first()
    if block is None:
        raise Http404
    block_remove(user=reader(request), other=block.blocked)
    messages.success(request, _("Ya no hay bloqueo con %(name)s. No le avisamos.") % {"name": _name(block)})
    return redirect(way_back(request, reverse("safety:block-list")))


class BlockListView(LoginRequiredMixin, TemplateView):
    """Whom the reader keeps away, by the names she knew them by."""

    template_name = "safety/block_list.html"
    keyset = Keyset(("-id",), size=20)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """List her own blocks only: those against her are nobody's to know."""
        rows = Block.objects.filter(blocker=reader(self.request)).select_related("blocked")
        page = self.keyset.page(rows, self.request.GET.get("cursor", ""))
        blocks = [{"block": row, "name": _name(row)} for row in page.rows]
        return super().get_context_data(page=page, blocks=blocks, **kwargs)


def _known_person(user: User, public_id: UUID) -> tuple[User, str]:
    """Return a person whom the reader knows, with the name by which she does.

    Raises:
        Http404: there is no such person, or none that the reader may know of.
    """
    other = User.objects.filter(public_id=public_id, erased_at__isnull=True).first()
    if other is None:
        raise Http404
    own = Block.objects.filter(blocker=user, blocked=other).first()
    if own is not None:
        return other, _name(own)
    name = known_name(user=user, other_id=other.pk)
    if name is None:
        raise Http404
    return other, name


def _name(block: Block) -> str:
    return block.known_as or _("una persona")
