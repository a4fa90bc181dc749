"""Forms in which people write to each other."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from connect.messaging.files import MESSAGE_FILE
from connect.models.conversations import MAX_MESSAGE, MAX_PARTICIPANTS
from connect.people.shown import ShownPerson
from connect.services.messages import MAX_FILES
from portal.core.plain_text import without_hidden
from portal.files.content_types import accepted_endings
from portal.files.forms import CheckedFilesField

MAX_SUBJECT = 200


class MessageForm(forms.Form):
    """A message with its files. The key makes a message that is sent twice one message."""

    use_required_attribute = False

    text = forms.CharField(
        label=gettext_lazy("Tu mensaje"),
        widget=forms.Textarea(attrs={"rows": 4, "data-draft": ""}),
        strip=False,
        error_messages={"required": gettext_lazy("Escribí tu mensaje: está vacío.")},
    )
    client_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {})
        kwargs["initial"].setdefault("client_key", uuid4())
        super().__init__(*args, **kwargs)
        self.fields["files"] = CheckedFilesField(
            use=MESSAGE_FILE, most=MAX_FILES, label=_("Archivos"), required=False
        )
        text = self.fields["text"]
        # The browser says it while one types; what comes in spite of it is answered with a sentence, and not cut.
        text.widget.attrs["maxlength"] = MAX_MESSAGE
        # Cleaned of NUL and its like by `clean_text`, which must see it first.
        text.validators = []
        self.fields["files"].widget.attrs["accept"] = accepted_endings(MESSAGE_FILE.content_types)

    def clean_text(self) -> str:
        """Bring the text into its one form; say how long it is when it is too long."""
        text = without_hidden(self.cleaned_data["text"]).strip()
        if not text:
            raise ValidationError(_("Escribí tu mensaje: está vacío."))
        if len(text) > MAX_MESSAGE:
            raise ValidationError(
                _(
                    "El mensaje tiene %(number)d letras y el máximo es %(maximum)d. Acortalo, o mandá lo largo como "
                    "archivo."
                ),
                params={"number": len(text), "maximum": MAX_MESSAGE},
            )
        return text


class ChoosePersonForm(MessageForm):
    """A message to one of several people."""

    field_order = ("person", "text", "files", "client_key")

    def __init__(self, *args: Any, people: Iterable[ShownPerson], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.public_id): person for person in people}
        self.fields["person"] = forms.ChoiceField(
            label=_("A quién le preguntás"),
            choices=[(key, _described(person)) for key, person in self.people.items()],
            widget=forms.RadioSelect,
            error_messages={
                "required": _("Elegí a quién le preguntás."),
                "invalid_choice": _("Esa persona ya no está entre las que podés elegir. Elegí otra."),
            },
        )
        if len(self.people) == 1:
            self.fields["person"].widget = forms.HiddenInput()
            self.initial.setdefault("person", next(iter(self.people)))
        self.order_fields(self.field_order)

    @property
    def chosen(self) -> ShownPerson:
        """Who was chosen."""
        return self.people[self.cleaned_data["person"]]


class PeopleField(forms.MultipleChoiceField):
    """Some of the people whom a person knows."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, people: Iterable[ShownPerson], **kwargs: Any) -> None:
        self.people = {str(person.public_id): person for person in people}
        super().__init__(
            choices=[(key, _described(person)) for key, person in self.people.items()],
            error_messages={
                "required": _("Elegí al menos a una persona."),
                "invalid_choice": _("Una de las personas ya no está entre las que podés elegir."),
            },
            **kwargs,
        )

    def clean(self, value: Any) -> list[ShownPerson]:
        """Return the people who were chosen."""
        return [self.people[key] for key in super().clean(value)]


class GroupForm(MessageForm):
    """A first message to one or several connections."""

    field_order = ("people", "subject", "text", "files", "client_key")

    def __init__(self, *args: Any, people: Iterable[ShownPerson], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"] = PeopleField(people, label=_("Con quién"))
        self.fields["subject"] = forms.CharField(
            label=_("Cómo se llama el grupo"),
            max_length=MAX_SUBJECT,
            required=False,
            help_text=_("Si elegís a varias personas. Por ejemplo: Compostaje en la costa."),
        )
        self.order_fields(self.field_order)

    def clean_people(self) -> list[ShownPerson]:
        """Refuse more than a group takes."""
        people: list[ShownPerson] = self.cleaned_data["people"]
        if len(people) >= MAX_PARTICIPANTS:
            raise ValidationError(
                _("Un grupo tiene hasta %(maximum)d personas, contándote. Elegí menos."),
                params={"maximum": MAX_PARTICIPANTS},
            )
        return people

    def clean_subject(self) -> str:
        """Keep the name in one line."""
        return " ".join(without_hidden(self.cleaned_data["subject"]).split())


class AddPeopleForm(forms.Form):
    """People to add to a group."""

    def __init__(self, *args: Any, people: Iterable[ShownPerson], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"] = PeopleField(people, label=_("A quién sumás"))


class RenameForm(forms.Form):
    """The name of a group."""

    subject = forms.CharField(
        label=gettext_lazy("Cómo se llama el grupo"), max_length=MAX_SUBJECT, required=False
    )

    def clean_subject(self) -> str:
        """Keep the name in one line."""
        return " ".join(without_hidden(self.cleaned_data["subject"]).split())


def _described(person: ShownPerson) -> str:
    """Return a person's name with what she does and where."""
    return " · ".join(filter(None, [person.name, person.position, person.municipality]))
