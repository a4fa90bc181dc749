"""Policy areas for partner systems."""

from rest_framework import serializers, viewsets
from rest_framework.permissions import AllowAny

from portal.topics.models import PolicyArea, Topic


class TopicSerializer(serializers.ModelSerializer):
    """A topic's names."""

    class Meta:
        model = Topic
        fields = ["slug", "name_es", "name_en", "name_pt"]


class PolicyAreaSerializer(serializers.ModelSerializer):
    """An area's names and topics."""

    topics = TopicSerializer(many=True, read_only=True)

    class Meta:
        model = PolicyArea
        fields = ["slug", "name_es", "name_en", "name_pt", "topics"]


class PolicyAreaViewSet(viewsets.ReadOnlyModelViewSet):
    """The areas and topics that everything in the portal is classified by."""

    queryset = PolicyArea.objects.prefetch_related("topics")
    serializer_class = PolicyAreaSerializer
    permission_classes = [AllowAny]
    lookup_field = "slug"
    lookup_value_regex = "[-a-zA-Z0-9_]+"
    pagination_class = None
    filter_backends: list[type] = []
