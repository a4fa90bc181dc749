"""What this app tells the kernel about itself."""

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from connect.connecting.register import register_connections
from connect.directory.ways import helpers_by_topic
from connect.file_uses import PHOTO_FILE
from connect.home_cards import connect_card
from connect.messaging.register import register_messages
from connect.people.colleagues import COLLEAGUES
from connect.people.entries import person_kind
from connect.personal.profiles import erase_profile, export_profile
from connect.personal.towns import erase_from_towns, export_towns, note_before_erasure
from connect.personal_register import PERSONAL_MODELS
from connect.querysets.kinds import KIND
from connect.reportables import (
    known_people,
    may_report_person,
    person_evidence,
    person_from_key,
    person_url,
)
from connect.samples import (
    DEFAULT_COUNT,
    acquaintances_create,
    acquaintances_remove,
    create_samples,
    people_generate,
    people_remove_generated,
    remove_samples,
    towns_create,
    towns_remove,
)
from connect.services.connections import connections_part
from connect.services.conversation_handover import CONVERSATIONS
from connect.services.directory import directory_refresh, directory_refresh_member
from connect.services.introductions import introductions_part
from connect.services.successions import succession_open, successions_end_on_return, successions_tell_again
from connect.tasks import rebuild_directory
from connect.towns.entries import town_kind
from connect.towns.register import TOWN_NOTICES, TOWN_PAGE
from portal.accounts.colleagues import colleague_sources
from portal.accounts.handovers import handovers
from portal.accounts.models import Membership, User
from portal.accounts.personal_data import Erasure, SubjectAccess, erasures, personal_models, subject_accesses
from portal.catalog.hiding import HiddenThings, hidden_things
from portal.catalog.kinds import entry_kinds
from portal.catalog.ways import TopicWay, topic_ways
from portal.core.events import (
    account_erased,
    membership_decided,
    membership_ended,
    municipalities_changed,
    people_blocked,
    topics_changed,
)
from portal.core.functions import PortalFunction, functions
from portal.core.home_cards import HomeCard, home_cards
from portal.core.jobs import queue_on_commit
from portal.core.starter import SampleContent, SampleGenerator, sample_contents, sample_generators
from portal.core.visitor_cache import forget_visitor_pages
from portal.files.uses import file_uses
from portal.notices.kinds import notice_kinds
from portal.places.pages import municipality_pages
from portal.safety.acquaintances import Acquaintances, acquaintances
from portal.safety.blocks import kept_apart_from
from portal.safety.models import Suspension
from portal.safety.reportables import ReportableKind, reportable_kinds

functions.register(
    PortalFunction(
        id="connect",
        name=_("Conectarme"),
        promise=_("Encontrá a colegas que trabajan en lo mismo que vos y escribiles."),
        order=1,
        url_name="connect:directory",
    )
)

home_cards.register(HomeCard("connect", _("Conectarme"), "connect/_home_card.html", connect_card, order=10))

# Trust and safety: a person's page can be reported, and blocked is whom one knows.
reportable_kinds.register(
    ReportableKind(
        id="person",
        label=_("El perfil de una persona"),
        evidence=person_evidence,
        may_report=may_report_person,
        url=person_url,
        find=person_from_key,
        order=10,
    )
)
acquaintances.register(Acquaintances(id="connect", names=known_people))

for _model in PERSONAL_MODELS:
    personal_models.register(_model)

# Connections and introductions.
register_connections()


@receiver(people_blocked, dispatch_uid="connect.people_part")
def on_people_blocked(blocker_id: int, blocked_id: int, **kwargs: Any) -> None:
    """End what there is between them, without a word."""
    connections_part(blocker_id=blocker_id, blocked_id=blocked_id)
    introductions_part(blocker_id=blocker_id, blocked_id=blocked_id)


# Who is shown to whom on other apps' pages.
colleague_sources.register(COLLEAGUES)

# Profiles: who agreed to be found is found by the search, but by nobody whom a block keeps apart from her.
entry_kinds.register(person_kind)
# From a topic to those who can help with it, not to whoever else has to do with it.
topic_ways.register(TopicWay("people", helpers_by_topic, order=10))
hidden_things.register(HiddenThings(id=KIND, keys=kept_apart_from))
file_uses.register(PHOTO_FILE)
subject_accesses.register(
    SubjectAccess(id="connect.profile", label=_("Tu perfil"), export=export_profile, order=40)
)
# Before the account, whose name and work the directory is made of.
erasures.register(Erasure(id="connect.profile", erase=erase_profile, order=40))


sample_contents.register(
    SampleContent(
        id="people", label=_("Personas de muestra"), create=create_samples, remove=remove_samples, order=20
    )
)
# After what they write about: the solutions, and the pages of their municipalities.
sample_contents.register(
    SampleContent(
        id="towns", label=_("Municipios de muestra"), create=towns_create, remove=towns_remove, order=50
    )
)
sample_contents.register(
    SampleContent(
        id="acquaintances",
        label=_("Conexiones y mensajes de muestra"),
        create=acquaintances_create,
        remove=acquaintances_remove,
        order=51,
    )
)
sample_generators.register(
    SampleGenerator(
        id="people",
        label=_("Personas de ejemplo"),
        generate=people_generate,
        remove=people_remove_generated,
        default=DEFAULT_COUNT,
        order=20,
    )
)


# The directory follows what it is derived from; out of it the database itself takes whoever leaves (migration 0002).
_SHOWN_OF_AN_ACCOUNT = frozenset({"name", "is_active", "is_staff", "is_sample", "erased_at"})


@receiver(post_save, sender=User, dispatch_uid="connect.account_saved")
@receiver(post_save, sender=Suspension, dispatch_uid="connect.suspension_saved")
@receiver(post_save, sender=Membership, dispatch_uid="connect.membership_saved")
def refresh_saved_person(instance: Any, created: bool, update_fields: Any = None, **kwargs: Any) -> None:
    """Bring a person's rows up to date in the transaction that changed her account or her work."""
    is_account = isinstance(instance, User)
    # Each time that she signs in, her account is saved without anything that is shown of it.
    is_shown = update_fields is None or not _SHOWN_OF_AN_ACCOUNT.isdisjoint(update_fields)
    if is_account and (created or not is_shown):
        return
    directory_refresh(user_ids=[instance.pk if is_account else instance.user_id])
    # Where the database took her out before, nothing was left to write that would make kept pages forgotten.
    forget_visitor_pages()


@receiver([membership_decided, membership_ended], dispatch_uid="connect.directory_of_member")
def refresh_member(membership_id: int, **kwargs: Any) -> None:
    """Bring a person's rows up to date with where she works now."""
    directory_refresh_member(membership_id=membership_id)


@receiver([municipalities_changed, topics_changed], dispatch_uid="connect.rebuild_directory")
def rebuild_directory_of_places_and_topics(**kwargs: Any) -> None:
    """Let places, areas and topics count in the directory as they are known now."""
    queue_on_commit(rebuild_directory)


# Municipalities, and who follows when an official leaves.
entry_kinds.register(town_kind)
municipality_pages.register(TOWN_PAGE)
handovers.register(CONVERSATIONS)
for _kind in TOWN_NOTICES:
    notice_kinds.register(_kind)
subject_accesses.register(
    SubjectAccess(
        id="connect.towns",
        label=_("Páginas de municipios y traspasos"),
        export=export_towns,
        order=44,
    )
)
# Before all others: they take away what leads from a municipality's things to her.
erasures.register(Erasure(id="connect.succession-notes", erase=note_before_erasure, order=1))
erasures.register(Erasure(id="connect.towns", erase=erase_from_towns, order=44))


@receiver(membership_ended, dispatch_uid="connect.succession_open")
def ask_who_follows(membership_id: int, **kwargs: Any) -> None:
    """Ask the municipality to whom passes what an official left behind."""
    succession_open(membership_id=membership_id)


@receiver(membership_decided, dispatch_uid="connect.succession_end_on_return")
def end_successions_of_who_is_back(membership_id: int, status: str, **kwargs: Any) -> None:
    """Leave with a person who works there again what she looked after."""
    if status == Membership.Status.ACTIVE:
        successions_end_on_return(membership_id=membership_id)


@receiver(account_erased, dispatch_uid="connect.succession_tell_again")
def ask_again_without_a_name(user_id: int, **kwargs: Any) -> None:
    """Ask again where the notice that asked went with the name in it."""
    successions_tell_again(user_id=user_id)


@receiver([membership_decided, membership_ended], dispatch_uid="connect.forget_town_pages")
def forget_pages_of_towns(**kwargs: Any) -> None:
    """Let kept pages of municipalities say who is of the network now."""
    forget_visitor_pages()


# Conversations and messages.
register_messages()
