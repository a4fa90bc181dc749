"""Whatever people did with a question, what holds of whom it was put to."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from portal.topics.models import PolicyArea
from share.routing.candidates import candidates_for
from share.services.routing import AT_A_TIME, IN_ALL, question_decline, thread_route
from tests.portal.topics_factories import PolicyAreaFactory, TopicFactory
from tests.share.test_routing import Status, maker, question


class RoutingLaws(TestCase):
    """Whatever people did: never more than three, nobody twice, always the same."""

    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        counts=st.lists(st.integers(min_value=1, max_value=3), min_size=0, max_size=6),
        declining=st.lists(st.integers(min_value=0, max_value=2), max_size=5),
    )
    def test_never_more_than_three_at_a_time(self, counts, declining):
        TopicFactory(
            slug="compostaje", name_es="Compostaje", area=PolicyArea.objects.first() or PolicyAreaFactory()
        )
        for number in counts:
            maker(things=number)
        of = question()
        assert candidates_for(of, limit=3) == candidates_for(of, limit=3)
        thread_route(thread_id=of.pk)
        for place in declining:
            rows = list(of.routed.filter(status=Status.ASKED).order_by("pk"))
            if len(rows) > place:
                question_decline(routed=rows[place])
        keys = list(of.routed.values_list("user_id", flat=True))
        assert len(keys) == len(set(keys)) <= IN_ALL
        assert of.author_id not in keys
        assert of.routed.filter(status__in=[Status.ASKED, Status.ANSWERED]).count() <= AT_A_TIME
