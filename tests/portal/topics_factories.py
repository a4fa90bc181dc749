"""Policy areas and topics for tests."""

import factory

from portal.topics.models import PolicyArea, Topic


class PolicyAreaFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PolicyArea
        django_get_or_create = ["slug"]

    slug = factory.Sequence(lambda number: f"area-{number}")
    name_es = factory.LazyAttribute(lambda area: f"Área {area.slug}")
    name_en = factory.LazyAttribute(lambda area: f"Area {area.slug}")
    name_pt = factory.LazyAttribute(lambda area: f"Area {area.slug} pt")
    icon = "open-government"
    order = factory.Sequence(int)


class TopicFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Topic
        django_get_or_create = ["slug"]

    area = factory.SubFactory(PolicyAreaFactory)
    slug = factory.Sequence(lambda number: f"tema-{number}")
    name_es = factory.LazyAttribute(lambda topic: f"Tema {topic.slug}")
    name_en = factory.LazyAttribute(lambda topic: f"Topic {topic.slug}")
    name_pt = factory.LazyAttribute(lambda topic: f"Tema {topic.slug} pt")
