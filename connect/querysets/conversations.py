"""Questions asked of conversations and what was written in them."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q, TextField, Value

from portal.catalog.querysets import HIGHLIGHT_OPTIONS, CatalogQuery
from portal.safety.blocks import kept_apart_from

if TYPE_CHECKING:
    from connect.models import Participant


class ConversationQuerySet(models.QuerySet):
    """Conversations."""

    def visible_to(self, user: Any) -> Self:
        """Those a person takes or took part in; nobody else's, whoever asks: the network's team reads copies only."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(participants__user_id=user.pk)


class ParticipantQuerySet(models.QuerySet):
    """People in conversations."""

    def present(self) -> Self:
        """Those who have not left."""
        return self.filter(left_at__isnull=True)

    def met_by(self, user_id: int) -> Self:
        """Those whom a person met in their conversation: whoever came after she left is not for her."""
        gone = self.model._default_manager.filter(
            conversation=OuterRef("conversation"), user_id=user_id, left_at__lt=OuterRef("joined_at")
        )
        return self.filter(~Exists(gone))

    def unread(self) -> Self:
        """Those for whom something new waits."""
        return self.filter(last_message_id__gt=F("read_message_id"), left_at__isnull=True)

    def newest(self) -> Self:
        """The conversation in which something was said last comes first."""
        return self.order_by("-last_message_id", "-id")


class MessageQuerySet(models.QuerySet):
    """What was written."""

    def seen_by(self, participant: "Participant") -> Self:
        """What a person may read of one conversation: what came while she took part, of people who are there for her.

        Between two people everything is read by both, and by whoever follows one of them; in a group each sees what
        came after she did.
        """
        found = self.filter(conversation_id=participant.conversation_id)
        if participant.left_at is not None:
            found = found.filter(created_at__lte=participant.left_at)
        if participant.conversation.is_group:
            found = found.filter(created_at__gte=participant.joined_at)
            found = found.exclude(sender_id__in=kept_apart_from(participant.user))
        return found

    def visible_to(self, user: Any) -> Self:
        """What a person may read of all her conversations, by the same rules as `seen_by`."""
        if not user.is_authenticated:
            return self.none()
        own = Q(conversation__participants__user_id=user.pk)
        in_time = Q(conversation__participants__left_at__isnull=True) | Q(
            created_at__lte=F("conversation__participants__left_at")
        )
        in_group = Q(created_at__gte=F("conversation__participants__joined_at"))
        apart = kept_apart_from(user)
        if apart:
            in_group &= ~Q(sender_id__in=apart) | Q(sender_id__isnull=True)
        return self.filter(own, in_time, in_group | Q(conversation__is_group=False))

    def written(self) -> Self:
        """What people wrote: not what the portal says, nor what was erased or taken away."""
        return self.filter(is_from_portal=False, hidden_at__isnull=True).exclude(text="")

    def matching(self, text: str) -> Self:
        """Only messages in which a reader's words are found."""
        return self.written().filter(search=CatalogQuery(text))

    def with_extract(self, text: str) -> Self:
        """Add `extract` to each row: where the words were found, marked with ⟦ and ⟧. For a page of rows only."""
        return self.annotate(
            extract=Func(
                Value("es"),
                Value(""),
                F("text"),
                CatalogQuery(text),
                Value(HIGHLIGHT_OPTIONS),
                function="catalog_extract",
                output_field=TextField(),
            )
        )
