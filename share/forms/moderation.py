"""What somebody of the team does to a conversation or to what was written in it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.catalog.models import Entry
from portal.core.form_fields import TextField
from portal.topics.form_fields import ChosenField, TopicsWidget, labelled, topics_by_area
from portal.topics.labels import area_labels
from share.models import Post, Thread
from share.models.threads import MAX_TITLE
from share.services.moderation.taking import MAX_REASON
from share.services.moderation.threads import MAX_SLOW_SECONDS, Place

HIDE, SHOW, LOCK, OPEN, PIN, UNPIN = "hide", "show", "lock", "open", "pin", "unpin"
APPROVE, REJECT = "approve", "reject"
# What nobody understands without a word of why.
_WITH_REASON = {HIDE, LOCK, REJECT}
_LABELS = {
    HIDE: _("Ocultar: la ve solamente el equipo"),
    SHOW: _("Volver a mostrar"),
    LOCK: _("Cerrar: se lee, y nadie más responde"),
    OPEN: _("Volver a abrir"),
    PIN: _("Fijar arriba de la lista"),
    UNPIN: _("Dejar de fijar"),
    APPROVE: _("Dejar pasar: lo ve quien lee la conversación"),
    REJECT: _("No dejar pasar: queda oculto"),
}
_SLOW = [(0, _("sin espera")), (60, _("1 minuto")), (300, _("5 minutos")), (3600, _("1 hora"))]
_SLOW += [(MAX_SLOW_SECONDS, _("1 día"))]


class SeenForm(forms.Form):
    """A step that is taken on a page which may have grown old meanwhile."""

    seen = forms.IntegerField(min_value=0, max_value=2**62, required=False, widget=forms.HiddenInput)

    def clean_seen(self) -> int:
        """Take what no page noted for a page that knew of nothing."""
        return int(self.cleaned_data["seen"] or 0)


class ReasonedForm(SeenForm):
    """A step with the words that whoever wrote will read."""

    reason = TextField(
        rows=2,
        label=_("Por qué"),
        help_text=_(
            "Lo lee quien escribió: una frase amable que diga qué pasó y qué puede hacer. Hace falta para ocultar, "
            "cerrar o no dejar pasar."
        ),
    )

    def clean_reason(self) -> str:
        """Refuse what would be cut in the notice."""
        reason = str(self.cleaned_data["reason"]).strip()
        if len(reason) > MAX_REASON:
            raise forms.ValidationError(
                _("Tiene %(number)d letras y entran %(maximum)d: contalo más corto."),
                params={"number": len(reason), "maximum": MAX_REASON},
            )
        return reason


class StepForm(ReasonedForm):
    """One of the steps that apply now."""

    step = forms.ChoiceField(
        label=_("¿Qué hacemos?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Elegí qué hacemos."),
            "invalid_choice": _("Eso ya no se puede: mirá cómo quedó."),
        },
    )
    field_order = ("step", "reason", "seen")

    def __init__(self, *args: Any, steps: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["step"].choices = [(step, _LABELS[step]) for step in steps]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for a reason where somebody is told something that she would not like to hear without one."""
        found: dict[str, Any] = super().clean() or {}
        if found.get("step") in _WITH_REASON and not found.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Escribí por qué: quien escribió tiene derecho a saberlo."))
        return found


class SlowForm(SeenForm):
    """How long people wait between two messages of theirs."""

    seconds = forms.TypedChoiceField(
        label=_("Espera entre dos mensajes de una persona"), choices=_SLOW, coerce=int
    )


class MoveForm(ReasonedForm):
    """Where a conversation belongs."""

    kind = forms.ChoiceField(label=_("Qué es"), choices=Thread.Kind.choices, widget=forms.RadioSelect)
    areas = ChosenField(label=_("Áreas"), most=3)
    topics = ChosenField(label=_("Temas"), most=6, widget=TopicsWidget)
    about = TextField(
        label=_("Sobre qué es"),
        help_text=_("La dirección en el portal de la solución, el documento u otra cosa. Vacío si no hay."),
    )
    field_order = ("kind", "areas", "topics", "about", "reason", "seen")

    def __init__(self, *args: Any, thread: Thread, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.thread = thread
        self.fields["areas"].choices = labelled(area_labels())  # type: ignore[attr-defined]
        self.fields["topics"].choices = topics_by_area()  # type: ignore[attr-defined]

    def clean_about(self) -> Entry | None:
        """Find the thing by its address, whether whole or from the slash."""
        address = str(self.cleaned_data["about"]).strip()
        if not address:
            return None
        path = "/" + address.split("://", 1)[-1].partition("/")[2] if "://" in address else address
        entry = Entry.objects.filter(url=path.split("?")[0].split("#")[0][:300]).first()
        if entry is None:
            raise forms.ValidationError(
                _("No encontramos nada del portal en esa dirección. Copiala entera de la página de la cosa.")
            )
        return entry

    def place(self) -> Place:
        """Return where it was moved to; a thing that is gone stays named as long as nobody changes it."""
        entry = self.cleaned_data["about"]
        about = (entry.kind, entry.object_id, entry.title, entry.url) if entry else None
        return Place(
            kind=self.cleaned_data["kind"],
            areas=self.cleaned_data["areas"],
            topics=self.cleaned_data["topics"],
            about=about,
        )


class SplitForm(ReasonedForm):
    """What an answer's own conversation is called."""

    title = TextField(
        label=_("Título de la conversación nueva"),
        error_messages={"required": _("Escribí un título para la conversación nueva.")},
    )
    kind = forms.ChoiceField(
        label=_("Qué es"), choices=Thread.Kind.choices, widget=forms.RadioSelect, initial=Thread.Kind.QUESTION
    )
    field_order = ("title", "kind", "reason", "seen")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].required = True

    def clean_title(self) -> str:
        """Ask for a title that fits."""
        title = str(self.cleaned_data["title"])
        if len(title) > MAX_TITLE:
            raise forms.ValidationError(
                _("El título tiene %(number)d letras y entran %(maximum)d."),
                params={"number": len(title), "maximum": MAX_TITLE},
            )
        return title


def thread_steps(thread: Thread) -> tuple[str, ...]:
    """Return which steps apply to a conversation as it is."""
    shown = (SHOW,) if thread.hidden_at else (HIDE,)
    closed = (OPEN,) if thread.is_closed else ()
    locked = () if thread.is_locked else (LOCK,)
    return (*shown, *locked, *closed, UNPIN if thread.is_pinned else PIN)


def post_steps(post: Post) -> tuple[str, ...]:
    """Return which steps apply to a post as it is."""
    steps: dict[str, tuple[str, ...]] = {
        Post.Status.VISIBLE: (HIDE,),
        Post.Status.HELD: (APPROVE, REJECT),
        Post.Status.HIDDEN: (SHOW,),
    }
    return steps.get(post.status, ())
