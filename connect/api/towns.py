"""What the network knows of a municipality, for partner systems: what everybody may read on its page, nothing else."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.views import APIView

from connect.towns.filters import TownFilter
from connect.towns.page import ThingsOfKind, profile_of_town, things_of
from connect.towns.reading import TownQuerySet, known_memberships, network_towns
from portal.core.api.conditional import conditional
from portal.core.api.pages import PAGES, ApiPage
from portal.places.models import Municipality

# Partners and members read the same: who lets only members know of her is not counted here.
EVERYBODY = AnonymousUser()
FILTERS = [
    OpenApiParameter("q", description="Words in the name or the province."),
    OpenApiParameter("country", many=True, description="ISO code; repeat it for one or another."),
    OpenApiParameter("province", many=True, description="Country and code, as in AR-06."),
    OpenApiParameter("population", many=True, description="Number of a band of population."),
    OpenApiParameter("offers", many=True, description="Slug of a topic that it can share something about."),
    OpenApiParameter("seeks", many=True, description="Slug of a topic that it is looking for."),
    OpenApiParameter("like", OpenApiTypes.INT, description="Only municipalities like the one of this id."),
]


class EntrySerializer(serializers.Serializer):
    """A thing of the municipality's, by its title and the address of its page."""

    title = serializers.CharField()
    url = serializers.URLField()
    published_at = serializers.DateTimeField()


class EntriesOfKindSerializer(serializers.Serializer):
    """The newest things of a kind, how many there are, and where all of them are listed."""

    kind = serializers.SlugField()
    count = serializers.IntegerField()
    url = serializers.URLField()
    newest = EntrySerializer(many=True)


class TownSerializer(serializers.Serializer):
    """A municipality of the network in a list."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    region_name = serializers.CharField()
    country = serializers.CharField()
    people = serializers.IntegerField(help_text="People who let everybody find them.")
    things = serializers.IntegerField(help_text="Public things in the catalogue.")
    url = serializers.URLField(help_text="The page for people.")
    network = serializers.URLField(help_text="The address of the whole of it in this API.")


class TownPageSerializer(serializers.Serializer):
    """A page of municipalities."""

    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = TownSerializer(many=True)


class TownNetworkSerializer(serializers.Serializer):
    """What the network knows of a municipality."""

    id = serializers.IntegerField()
    about = serializers.CharField()
    offers = serializers.CharField()
    offer_topics = serializers.ListField(child=serializers.SlugField())
    seeks = serializers.CharField()
    seek_topics = serializers.ListField(child=serializers.SlugField())
    people = serializers.IntegerField(help_text="People who let everybody find them.")
    url = serializers.URLField(help_text="The page for people.")
    entries = EntriesOfKindSerializer(many=True)


class TownNetworkView(APIView):
    """What the network knows of one municipality."""

    permission_classes = [AllowAny]

    @extend_schema(
        operation_id="municipality_network",
        parameters=[OpenApiParameter("pk", OpenApiTypes.INT, OpenApiParameter.PATH)],
        responses=TownNetworkSerializer,
    )
    def get(self, request: Request, pk: int) -> HttpResponseBase:
        """Tell it."""
        town = get_object_or_404(Municipality, pk=pk)
        profile = profile_of_town(town)
        data = TownNetworkSerializer(
            {
                "id": town.pk,
                "about": profile.about,
                "offers": profile.offers,
                "offer_topics": profile.offer_topics,
                "seeks": profile.seeks,
                "seek_topics": profile.seek_topics,
                "people": known_memberships(EVERYBODY).filter(municipality=town).count(),
                "url": request.build_absolute_uri(reverse("connect:town-detail", args=[town.pk])),
                "entries": [_told_kind(request, town, things) for things in things_of(town, EVERYBODY)],
            }
        ).data
        return conditional(request, data)


class TownListView(APIView):
    """The municipalities of the network."""

    permission_classes = [AllowAny]

    @extend_schema(
        operation_id="network_municipalities",
        parameters=[*FILTERS, *PAGES],
        responses=TownPageSerializer,
    )
    def get(self, request: Request) -> HttpResponseBase:
        """Tell a page of them, in the order of their ids."""
        filters = TownFilter(request.query_params, queryset=network_towns(EVERYBODY))
        rows: TownQuerySet = filters.found.counted_for(EVERYBODY)
        page = ApiPage(request, rows, "id")
        return conditional(request, page.answer(lambda town: _told_town(request, town)))


def _told_town(request: Request, town: Any) -> dict[str, Any]:
    return dict(
        TownSerializer(
            {
                "id": town.pk,
                "name": town.name,
                "region_name": town.region_name,
                "country": town.country_id,
                "people": town.people,
                "things": town.things,
                "url": request.build_absolute_uri(reverse("connect:town-detail", args=[town.pk])),
                "network": request.build_absolute_uri(reverse("municipality-network", args=[town.pk])),
            }
        ).data
    )


def _told_kind(request: Request, town: Municipality, things: ThingsOfKind) -> dict[str, Any]:
    return {
        "kind": things.kind.id,
        "count": things.count,
        "url": request.build_absolute_uri(reverse("connect:town-things", args=[town.pk, things.kind.id])),
        "newest": [
            {
                "title": entry.title,
                "url": request.build_absolute_uri(entry.url),
                "published_at": entry.published_at,
            }
            for entry in things.entries
        ],
    }
