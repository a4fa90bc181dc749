"""Fields of a profile's form."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from portal.core.plain_text import without_hidden
from portal.topics.models import Topic

Choices = list[tuple[str, str]]

MAX_URL = 300
# Only what a browser opens safely as a page: a "javascript:" address is no link, and "http:" can be changed on its way.
_is_safe_address = URLValidator(
    schemes=["https"],
    message=_("Escribí la dirección completa de la página, con https:// adelante."),
)


class TextField(forms.CharField):
    """A text of one or several lines; the box takes any length, so that a long text is answered and not cut."""

    def __init__(self, *, rows: int = 1, **kwargs: Any) -> None:
        if rows > 1:
            kwargs["widget"] = forms.Textarea(attrs={"rows": rows})
        super().__init__(required=False, **kwargs)
        self.rows = rows
        self.widget.attrs.pop("maxlength", None)

    def to_python(self, value: Any) -> str:
        """Leave out what nobody sees, and join the lines of a text that has one."""
        text = without_hidden(str(super().to_python(value)))
        return text if self.rows > 1 else " ".join(text.split())


class SafeAddressField(forms.CharField):
    """The address of a page on the web."""

    default_validators = [_is_safe_address]
    widget = forms.URLInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=MAX_URL, **kwargs)
        self.widget.attrs.pop("maxlength", None)
        self.widget.attrs |= {"inputmode": "url", "placeholder": "https://"}

    def to_python(self, value: Any) -> str:
        """Complete what people leave out of an address that they know by heart."""
        text = without_hidden(str(super().to_python(value) or ""))
        if text and "://" not in text and ":" not in text.split("/")[0]:
            return f"https://{text}"
        return f"https://{text[7:]}" if text.lower().startswith("http://") else text


class TopicsWidget(forms.CheckboxSelectMultiple):
    """Topics under their areas, each area folded until something in it is chosen."""

    template_name = "connect/widgets/topics.html"

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
