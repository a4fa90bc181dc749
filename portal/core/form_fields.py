"""Fields of forms in which people write about themselves and their work."""

from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from portal.core.plain_text import without_hidden

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
    """The address of a page on the web.

    Args:
        max_length: how many signs the database holds.
    """

    default_validators = [_is_safe_address]
    widget = forms.URLInput

    def __init__(self, *, max_length: int = MAX_URL, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=max_length, **kwargs)
        self.widget.attrs.pop("maxlength", None)
        self.widget.attrs |= {"inputmode": "url", "placeholder": "https://"}

    def to_python(self, value: Any) -> str:
        """Complete what people leave out of an address that they know by heart."""
        text = without_hidden(str(super().to_python(value) or ""))
        if text and "://" not in text and ":" not in text.split("/")[0]:
            return f"https://{text}"
        return f"https://{text[7:]}" if text.lower().startswith("http://") else text
