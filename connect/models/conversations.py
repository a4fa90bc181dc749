"""Messages between two people or a few, often about something in the catalogue."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from connect.querysets.conversations import ConversationQuerySet, MessageQuerySet, ParticipantQuerySet
from portal.core.models import PublicIdModel
from portal.files.models import StoredFile
from portal.places.models import Municipality

MAX_MESSAGE = 10_000
MAX_PARTICIPANTS = 12


class Conversation(PublicIdModel):
    """What two people or a small group write to each other."""

    subject = models.CharField(_("asunto"), max_length=200, blank=True)
    is_group = models.BooleanField(default=False)
    # Two people have one conversation about a thing, and one about nothing in particular: "3:8" by their keys.
    pair = models.CharField(max_length=45, blank=True)
    # The thing in the catalogue it is about, as it was called when it began; the thing may go, the conversation stays.
    about_kind = models.SlugField(max_length=40, blank=True, db_index=False)
    about_id = models.BigIntegerField(null=True, blank=True)
    about_title = models.CharField(max_length=300, blank=True)
    about_url = models.CharField(max_length=300, blank=True)
    # Whose thing it is: when its official leaves, the municipality keeps the conversation.
    municipality = models.ForeignKey(
        Municipality, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    # Key and time of the newest message, for the list.
    last_message_id = models.BigIntegerField(default=0)
    last_message_at = models.DateTimeField(auto_now_add=True)

    objects = ConversationQuerySet.as_manager()

    class Meta:
        verbose_name = _("conversación privada")
        verbose_name_plural = _("conversaciones privadas")
        constraints = [
            models.UniqueConstraint(
                fields=["pair", "about_kind", "about_id"],
                condition=~Q(pair=""),
                name="connect_one_conversation_a_pair",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(about_kind="", about_id__isnull=True)
                | (~Q(about_kind="") & Q(about_id__isnull=False)),
                name="connect_about_is_whole",
            ),
        ]
        indexes = [models.Index(fields=["about_kind", "about_id"], name="connect_about")]

    def __str__(self) -> str:
        return self.subject or self.about_title or f"{self.pk}"

    def get_absolute_url(self) -> str:
        """Return where it is read."""
        return reverse("connect:conversation-detail", args=[self.public_id])


class Participant(models.Model):
    """A person in a conversation, and how far she has read."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="participants")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="participations"
    )
    joined_at = models.DateTimeField(auto_now_add=True)
    # Who leaves, or passes the conversation on, sees nothing that came after.
    left_at = models.DateTimeField(null=True, blank=True)
    read_message_id = models.BigIntegerField(default=0)
    is_muted = models.BooleanField(_("sin avisos"), default=False)
    # Copy of the conversation's, so that a person's list is one index read.
    last_message_id = models.BigIntegerField(default=0)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        verbose_name = _("participante")
        verbose_name_plural = _("participantes")
        constraints = [
            models.UniqueConstraint(fields=["conversation", "user"], name="connect_participates_once")
        ]
        indexes = [
            models.Index(fields=["user", "-last_message_id"], name="connect_conversations_of"),
            models.Index(
                fields=["user"],
                condition=Q(last_message_id__gt=models.F("read_message_id"), left_at__isnull=True),
                name="connect_unread_of",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} @ {self.conversation_id}"

    @property
    def is_present(self) -> bool:
        """Whether she still takes part."""
        return self.left_at is None

    @property
    def is_unread(self) -> bool:
        """Whether something new waits for her."""
        return self.is_present and self.last_message_id > self.read_message_id


class Message(PublicIdModel):
    """What somebody wrote in a conversation, or what the portal says there."""

    class Said(models.TextChoices):
        """What the portal says, the first line of `text`; the name of whom it says it of is never stored."""

        INTRODUCED = "introduced", _("les presentó")
        JOINED = "joined", _("se sumó")
        LEFT = "left", _("dejó la conversación")
        RENAMED = "renamed", _("cambió el nombre del grupo")
        LEFT_TOWN = "left-town", _("ya no trabaja en el municipio")
        GOES_ON = "goes-on", _("sigue con la conversación")

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="messages", db_index=False
    )
    # Who wrote it; of what the portal says, whom it is said of ("Ana left the municipality", "Luis goes on").
    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="messages_sent"
    )
    is_from_portal = models.BooleanField(default=False)
    text = models.TextField(_("mensaje"), max_length=MAX_MESSAGE)
    # Made by the form, so that a message sent twice by an impatient finger or a bad line is one.
    client_key = models.UUIDField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    # Taken away by the network's team after a report; the text stays for them only.
    hidden_at = models.DateTimeField(null=True, blank=True)
    search = models.GeneratedField(
        expression=models.Func(
            models.Value("es"),
            models.Value(""),
            models.Value(""),
            "text",
            models.Value({}, output_field=models.JSONField()),
            function="catalog_search_vector",
        ),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    # Set by `with_extract`.
    extract: str

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("mensaje")
        verbose_name_plural = _("mensajes")
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "sender", "client_key"],
                condition=Q(client_key__isnull=False),
                name="connect_message_once",
            )
        ]
        indexes = [
            models.Index(fields=["conversation", "id"], name="connect_messages_of"),
            GinIndex(fields=["search"], name="connect_message_search"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def is_hidden(self) -> bool:
        """Whether the network's team took it away."""
        return self.hidden_at is not None

    @property
    def is_erased(self) -> bool:
        """Whether its author erased her account; nobody can write nothing."""
        return self.text == ""


class MessageFile(models.Model):
    """A file sent with a message."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, on_delete=models.CASCADE, related_name="+")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return f"{self.message_id}: {self.file_id}"
