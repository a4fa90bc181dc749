"""What invented colleagues say of the municipalities they work in, and one of them who left things behind."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from connect.models import Profile, TownProfile
from connect.samples.acquaintances import People, allowances_give_back, sample_people, thread_write
from connect.samples.letters import BRUNO, LEFT_BEHIND, SERGIO, TOWNS, SampleTownText
from connect.services.directory import directory_refresh
from connect.services.successions import succession_open
from connect.services.towns import town_update
from connect.towns.entries import KIND as TOWN
from portal.accounts.models import Membership, User
from portal.accounts.services import membership_approve, membership_end, membership_request
from portal.catalog.models import Entry
from portal.catalog.services import entry_withdraw
from portal.places.models import Municipality
from portal.topics.models import Topic


@transaction.atomic
def towns_create() -> str:
    """Write the pages of the invented people's municipalities that say nothing yet, and let one of them leave, once."""
    people = sample_people()
    written = sum(_write(people, text) for text in TOWNS)
    has_left = BRUNO in people and _leave(people)
    if not written and not has_left:
        return ""
    return _("%(number)d municipios de muestra cuentan qué ofrecen.") % {"number": written}


@transaction.atomic
def towns_remove() -> int:
    """Take away what invented people wrote of municipalities, and whoever of them left; returns how much."""
    profiles = TownProfile.objects.filter(edited_by__is_sample=True)
    towns = list(profiles.values_list("municipality_id", flat=True))
    entry_withdraw(kind=TOWN, object_ids=towns)
    profiles.delete()
    left = User.objects.samples().filter(email=SERGIO)
    number = left.count()
    left.delete()
    return len(towns) + number


def _write(people: People, text: SampleTownText) -> bool:
    """Write one page, unless its municipality has one."""
    editor = people.get(text.editor)
    town = _town_of(editor) if editor else None
    if editor is None or town is None or TownProfile.objects.filter(municipality=town).exists():
        return False
    known = set(Topic.objects.values_list("slug", flat=True))
    town_update(
        municipality=town,
        actor=editor,
        about=text.about,
        offers=text.offers,
        offer_topics=[slug for slug in text.offer_topics if slug in known],
        seeks=text.seeks,
        seek_topics=[slug for slug in text.seek_topics if slug in known],
    )
    return True


def _leave(people: People) -> bool:
    """Have a colleague of the coordinator's answer questions about their municipality, and leave."""
    coordinator = people[BRUNO]
    town = _town_of(coordinator)
    if town is None or User.objects.filter(email=SERGIO).exists():
        return False
    leaver, membership = _colleague(town, coordinator)
    people = {**people, SERGIO: leaver}
    about = Entry.objects.filter(kind=TOWN, object_id=town.pk).first()
    if about is not None:
        for thread in LEFT_BEHIND:
            thread_write(people, thread, about=about)
    allowances_give_back(people)
    membership_end(membership=membership, actor=coordinator)
    # Here and not after the commit only, so that the question is there as soon as he has left.
    succession_open(membership_id=membership.pk)
    return True


def _colleague(town: Municipality, coordinator: User) -> tuple[User, Membership]:
    leaver = User.objects.create_user(SERGIO, None, name="Sergio Muestra", is_sample=True)
    asked = membership_request(user=leaver, municipality=town, position="Director de Higiene Urbana")
    membership = membership_approve(membership=asked, actor=coordinator)
    Profile.objects.create(user=leaver, listed_at=timezone.now())
    directory_refresh(user_ids=[leaver.pk])
    return leaver, membership


def _town_of(user: User) -> Municipality | None:
    work = Membership.objects.active().filter(user=user).select_related("municipality").first()
    return work.municipality if work else None
