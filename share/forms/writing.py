"""Forms in which people write in conversations."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.accounts.affiliation import active_municipalities
from portal.core.form_fields import TextField
from portal.files.content_types import accepted_endings
from portal.files.forms import CheckedFilesField
from portal.topics.form_fields import ChosenField, TopicsWidget, labelled, topics_by_area
from portal.topics.labels import area_labels
from share.forms.guarded import GuardedForm
from share.models import Post, Thread
from share.models.posts import MAX_TEXT
from share.models.threads import MAX_OUTCOME, MAX_TITLE
from share.services.post_parts import MAX_FILES
from share.services.thread_drafts import MOST_AREAS, MOST_TOPICS, title_kept
from share.threads.files import POST_FILE
from share.threads.texts import text_kept

NO_TITLE = gettext_lazy("Escribí el título en una oración: con él la gente decide si puede ayudarte.")


class WritingForm(GuardedForm):
    """A text in Markdown with its files. The key makes what is sent twice one."""

    use_required_attribute = False

    text = forms.CharField(
        label=gettext_lazy("Tu mensaje"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "data-draft": "", "data-mentions": ""}),
    )
    client_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"client_key": uuid4(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.fields["files"] = CheckedFilesField(
            use=POST_FILE, most=MAX_FILES, label=_("Archivos"), required=False
        )
        self.fields["files"].widget.attrs["accept"] = accepted_endings(POST_FILE.content_types)
        text = self.fields["text"]
        text.widget.attrs["maxlength"] = MAX_TEXT
        # Cleaned of NUL and its like by `clean_text`, which must see it first.
        text.validators = []

    def clean_text(self) -> str:
        """Say what is wrong with a text beside it."""
        return _checked(text_kept, self.cleaned_data["text"])


class PostForm(WritingForm):
    """An answer, or a comment on one."""

    comenta = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**31 - 1)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_comment:
            self.fields["text"].label = _("Tu comentario")
            self.fields["text"].widget.attrs["rows"] = 5
        else:
            self.fields["text"].label = _("Tu respuesta")

    @property
    def is_comment(self) -> bool:
        """Whether it comments on an answer."""
        return bool(self["comenta"].value())


class PostEditForm(WritingForm):
    """What somebody wrote, to put it right; her files can go and others come."""

    def __init__(self, *args: Any, post: Post, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("Texto")
        kept = [(str(each.pk), each.file.name) for each in post.files.select_related("file")]
        if kept:
            self.fields["without"] = forms.MultipleChoiceField(
                label=_("Quitar archivos"),
                choices=kept,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                help_text=_("Marcá los que quieras quitar."),
            )
            self.fields["files"].label = _("Sumar archivos")
        self.order_fields(("text", "without", "files"))


class ThreadForm(WritingForm):
    """A question or a discussion, with its first text."""

    kind = forms.ChoiceField(
        label=gettext_lazy("¿Qué querés hacer?"),
        choices=[
            (Thread.Kind.QUESTION, gettext_lazy("Preguntar: necesito una respuesta")),
            (Thread.Kind.DISCUSSION, gettext_lazy("Conversar: quiero compartir o debatir algo")),
        ],
        initial=Thread.Kind.QUESTION,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Elegí si es una pregunta o una conversación.")},
    )
    title = forms.CharField(
        label=gettext_lazy("Título"),
        error_messages={"required": NO_TITLE},
        help_text=gettext_lazy(
            "Una oración, como se la dirías a una colega: «¿Cómo empezaron con el compostaje?»."
        ),
        widget=forms.TextInput(attrs={"data-draft": "title", "autocomplete": "off"}),
    )
    visibility = forms.ChoiceField(
        label=gettext_lazy("Quién puede leerla"),
        choices=[
            (Thread.Visibility.MEMBERS, gettext_lazy("Integrantes de la red")),
            (Thread.Visibility.PUBLIC, gettext_lazy("Cualquier persona, también en buscadores")),
        ],
        initial=Thread.Visibility.MEMBERS,
        widget=forms.RadioSelect,
    )
    language = forms.ChoiceField(label=gettext_lazy("Idioma"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, author: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("Contá más")
        self.fields["text"].help_text = _(
            "Qué probaron, qué les falta saber, con qué cuentan. Con más contexto llegan mejores respuestas."
        )
        self.fields["title"].widget.attrs["maxlength"] = MAX_TITLE
        self.fields["areas"] = ChosenField(
            most=MOST_AREAS, label=_("Áreas de gestión"), choices=labelled(area_labels())
        )
        self.fields["topics"] = ChosenField(
            most=MOST_TOPICS,
            label=_("Temas"),
            widget=TopicsWidget,
            help_text=_("Así llega a quienes trabajan en eso."),
            choices=topics_by_area(),
        )
        self._ask_municipality(author)
        self.order_fields(
            ("kind", "title", "text", "files", "areas", "topics", "municipality", "visibility", "language")
        )

    def clean_title(self) -> str:
        """Say what is wrong with a title beside it."""
        return _checked(title_kept, self.cleaned_data["title"])

    def _ask_municipality(self, author: Any) -> None:
        """Ask from which municipality she writes, where there are several; the network's team writes from none."""
        towns = active_municipalities(author)
        field = forms.ModelChoiceField(
            towns,
            label=_("Desde qué municipio escribís"),
            required=not author.is_staff,
            empty_label=_("Equipo de la red") if author.is_staff else None,
            error_messages={"required": _("Elegí un municipio en el que trabajes.")},
        )
        only = list(towns[:2])
        if len(only) == 1 and not author.is_staff:
            field.widget = forms.HiddenInput()
            field.initial = only[0].pk
        elif not only:
            field.widget = forms.HiddenInput()
        self.fields["municipality"] = field


class ThreadEditForm(forms.Form):
    """How a conversation is called, and where it is found."""

    use_required_attribute = False

    title = forms.CharField(label=gettext_lazy("Título"), error_messages={"required": NO_TITLE})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].widget.attrs["maxlength"] = MAX_TITLE
        self.fields["areas"] = ChosenField(
            most=MOST_AREAS, label=_("Áreas de gestión"), choices=labelled(area_labels())
        )
        self.fields["topics"] = ChosenField(
            most=MOST_TOPICS, label=_("Temas"), widget=TopicsWidget, choices=topics_by_area()
        )

    def clean_title(self) -> str:
        """Say what is wrong with a title beside it."""
        return _checked(title_kept, self.cleaned_data["title"])


class OutcomeForm(forms.Form):
    """What came of a conversation."""

    use_required_attribute = False
    needs_nothing = True

    outcome = TextField(
        label=gettext_lazy("En qué quedó"),
        rows=5,
        max_length=MAX_OUTCOME,
        help_text=gettext_lazy(
            "En pocas oraciones: qué hicieron al final y qué sirvió. Es lo primero que lee quien llega con la misma "
            "pregunta. Vacío, no se muestra nada."
        ),
        error_messages={
            "max_length": gettext_lazy(
                "Tiene %(show_value)d letras y entran %(limit_value)d. Contalo más corto."
            )
        },
    )


def _checked(check: Callable[[str], str], value: str) -> str:
    """Apply a rule that names its field to the field itself.

    Raises:
        ValidationError: the rule's messages, for whichever field asks.
    """
    try:
        return check(value)
    except ValidationError as error:
        raise ValidationError(error.messages) from error
