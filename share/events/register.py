"""What encounters tell the kernel about themselves: catalogue, home page, and the way from a topic."""

from django.utils.translation import gettext_lazy as _

from portal.catalog.kinds import entry_kinds
from portal.catalog.ways import TopicWay, topic_ways
from portal.core.home_cards import HomeCard, home_cards
from portal.core.starter import SampleContent, SampleGenerator, sample_contents, sample_generators
from share.events.entries import event_kind
from share.events.own import event_card
from share.events.ways import events_by_topic
from share.samples import DEFAULT_COUNT, create_samples, events_generate, events_remove, remove_samples


def register_events() -> None:
    """Register all of it."""
    entry_kinds.register(event_kind)
    home_cards.register(
        HomeCard("share.events", _("Encuentros"), "share/_event_home_card.html", event_card, order=5)
    )
    topic_ways.register(TopicWay("events", events_by_topic, order=20))
    # After the people and the towns that they are said to be of.
    sample_contents.register(
        SampleContent(
            id="events",
            label=_("Encuentros de muestra"),
            create=create_samples,
            remove=remove_samples,
            order=60,
        )
    )
    sample_generators.register(
        SampleGenerator(
            id="events",
            label=_("Encuentros de ejemplo"),
            generate=events_generate,
            remove=events_remove,
            default=DEFAULT_COUNT,
            order=60,
        )
    )
