"""Who may look at the whole network."""

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from evaluate.network.filters import NetworkFilter
from evaluate.permissions import can_see_network


class NetworkMixin(LoginRequiredMixin):
    """A page for staff of the network, with the filters that stand in its address."""

    chosen: NetworkFilter

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Ask for a sign-in, then for the permission, and read the filters."""
        if request.user.is_authenticated:
            can_see_network(request.user).require()
            query = request.POST if request.method == "POST" else request.GET
            self.chosen = NetworkFilter.from_query(query)
        return super().dispatch(request, *args, **kwargs)
