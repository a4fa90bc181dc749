"""Policy areas and topics in the admin."""

from django.contrib import admin

from portal.core.admin_announcing import AnnouncingAdmin
from portal.core.events import topics_changed
from portal.topics.models import PolicyArea, Topic


class TopicInline(admin.TabularInline):
    """The topics under an area."""

    model = Topic
    extra = 0


@admin.register(PolicyArea)
class PolicyAreaAdmin(AnnouncingAdmin):
    """RIL's staff keep the words by which everything is found."""

    event = topics_changed
    list_display = ["name_es", "name_en", "name_pt", "order"]
    inlines = [TopicInline]


@admin.register(Topic)
class TopicAdmin(AnnouncingAdmin):
    """Topics, to look one up."""

    event = topics_changed
    list_display = ["name_es", "name_en", "name_pt", "area"]
    list_filter = ["area"]
    list_select_related = ["area"]
    search_fields = ["name_es", "name_en", "name_pt", "slug"]
