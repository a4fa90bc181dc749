"""Fields in which people choose areas and topics."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.topics.models import Topic

Choices = list[tuple[str, str]]


class TopicsWidget(forms.CheckboxSelectMultiple):
    """Topics under their areas, each area folded until something in it is chosen."""

    template_name = "components/topics_widget.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Say of each area how many of its topics are chosen."""
        context = super().get_context(name, value, attrs)
        context["widget"]["areas"] = [
            {
                "name": area,
                "options": options,
                "chosen": sum(bool(option["selected"]) for option in options),
            }
            for area, options, _index in context["widget"]["optgroups"]
        ]
        return context


class ChosenField(forms.MultipleChoiceField):
    """Some of a list, a bounded number of them.

    Args:
        most: how many may be chosen.
    """

    def __init__(self, *, most: int, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.CheckboxSelectMultiple)
        super().__init__(required=False, **kwargs)
        self.most = most

    def validate(self, value: list[str]) -> None:
        """Refuse too many.

        Raises:
            ValidationError: the message says how many there may be.
        """
        super().validate(value)
        if len(value) > self.most:
            raise forms.ValidationError(
                _("Elegiste %(chosen)d y entran %(most)d: dejá los que más te importan."),
                params={"chosen": len(value), "most": self.most},
            )


def topics_by_area() -> list[tuple[str, Choices]]:
    """Return all topics under their areas, in the reader's language; one query."""
    groups: dict[str, Choices] = {}
    for topic in Topic.objects.select_related("area"):
        groups.setdefault(topic.area.name, []).append((topic.slug, topic.name))
    return list(groups.items())


def labelled(labels: Mapping[str, Any]) -> Choices:
    """Return the choices of a list of labels by slug."""
    return [(slug, str(label)) for slug, label in labels.items()]
