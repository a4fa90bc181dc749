"""What the team does to conversations: by whom, told to whom, noted where, and by two at once."""

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from portal.accounts.models import User
from portal.audit.models import AuditEvent
from portal.notices.models import Notification
from portal.safety.models import Report
from portal.safety.reportables import reportable_kinds
from portal.safety.services.decisions import Measures, report_decide
from share.models import MovedPost, Post, Thread, ThreadChange
from share.services import moderation
from share.services.moderation.taking import state_seen
from share.services.moderation.telling import HELD, MODERATED
from share.services.moderation.threads import Place
from share.spam import LINKS_OF_THE_NEW
from share.threads.moved import moved_post
from tests.portal.accounts_factories import UserFactory
from tests.portal.catalog_factories import EntryFactory
from tests.share.factories import event, member, post, thread

pytestmark = pytest.mark.django_db
Kind = ThreadChange.Kind


def moderator() -> User:
    user = UserFactory(staff=True)
    user.user_permissions.add(Permission.objects.get(codename="moderate_threads"))
    return User.objects.get(pk=user.pk)


def told(person: User) -> list[str]:
    return list(Notification.objects.filter(user=person, kind=MODERATED).values_list("text", flat=True))


@pytest.mark.parametrize("role", ["staff", "author", "member", "left", "visitor"])
def test_only_moderators_do_anything_and_open_the_pages(client, role):
    of = thread()
    answer = post(of)
    people = {
        "staff": lambda: UserFactory(staff=True),
        "author": lambda: of.author,
        "member": member,
        "left": UserFactory,
    }
    pages = [
        reverse("share:thread-moderate", args=[of.pk]),
        reverse("share:post-moderate", args=[answer.pk]),
        reverse("admin:share_thread_changelist"),
        reverse("admin:share_post_changelist"),
    ]
    if role == "visitor":
        assert all(client.get(page).status_code == 302 for page in pages)
        return
    actor = people[role]()
    client.force_login(actor)
    assert all(client.get(page).status_code in (302, 403) for page in pages)
    for step, what in ((moderation.thread_hide, {"thread": of}), (moderation.post_hide, {"post": answer})):
        with pytest.raises(PermissionDenied):
            step(actor=actor, reason="porque sí", **what)
    assert not ThreadChange.objects.exists()


def test_a_moderator_opens_every_page(client):
    of = thread()
    waiting = post(of, status="held")
    client.force_login(moderator())
    for name, key in (("share:thread-moderate", of.pk), ("share:post-moderate", waiting.pk)):
        assert client.get(reverse(name, args=[key])).status_code == 200
    for name in ("share_thread", "share_post"):
        assert client.get(reverse(f"admin:{name}_changelist")).status_code == 200
    assert client.get(reverse("admin:share_thread_change", args=[of.pk])).status_code == 200


def test_hiding_a_post_is_noted_audited_told_and_no_more_counted():
    of, actor = thread(), moderator()
    answer = post(of)
    moderation.post_hide(post=answer, actor=actor, reason="Tiene datos de un vecino.")
    of.refresh_from_db()
    assert (of.answers, of.last_post_by) == (0, of.author)
    assert "Tiene datos de un vecino." in told(answer.author)[0]
    change = ThreadChange.objects.get(thread=of)
    assert (change.kind, change.number, change.by) == (Kind.HIDDEN, 2, actor)
    assert AuditEvent.objects.filter(action="post.hidden", actor_id=actor.pk).exists()
    assert not Post.objects.visible_to(member()).filter(pk=answer.pk).exists()
    moderation.post_show(post=answer, actor=actor)
    of.refresh_from_db()
    assert (of.answers, of.last_post_by) == (1, answer.author)


def test_the_opening_post_takes_its_conversation_with_it():
    of = thread()
    moderation.post_hide(post=of.posts.get(number=1), actor=moderator(), reason="Es publicidad.")
    assert not Thread.objects.visible_to(of.author).filter(pk=of.pk).exists()
    moderation.thread_show(thread=of, actor=moderator())
    assert Thread.objects.visible_to(of.author).filter(pk=of.pk).exists()


def test_whoever_comes_second_is_told_who_was_first_and_changes_nothing():
    of, first, second = thread(), moderator(), moderator()
    seen = state_seen(of)
    moderation.thread_lock(thread=of, actor=first, reason="Se fue de tema.", seen=seen)
    with pytest.raises(moderation.ModerationConflict, match=first.name):
        moderation.thread_hide(thread=of, actor=second, reason="Es publicidad.", seen=seen)
    of.refresh_from_db()
    assert of.is_locked
    assert of.hidden_at is None
    assert ThreadChange.objects.filter(thread=of).count() == 1


@pytest.mark.parametrize(
    ("step", "again"),
    [
        ("thread_hide", True),
        ("thread_lock", True),
        ("thread_show", False),
        ("thread_reopen", False),
    ],
)
def test_a_step_that_does_not_apply_says_so(step, again):
    of, actor = thread(), moderator()
    take = getattr(moderation, step)
    if again:
        take(thread=of, actor=actor, reason="Una vez.")
    with pytest.raises(moderation.ModerationConflict):
        take(thread=of, actor=actor, reason="Otra vez.")


def test_pinning_slowing_and_moving_are_noted():
    of, actor = thread(topics=["agua"]), moderator()
    entry = EntryFactory(title="Compost en casa")
    moderation.thread_pin(thread=of, actor=actor)
    moderation.thread_unpin(thread=of, actor=actor)
    moderation.thread_slow(thread=of, actor=actor, seconds=300)
    place = Place(
        kind="discussion",
        areas=["ambiente"],
        topics=["residuos"],
        about=(entry.kind, entry.object_id, entry.title, entry.url),
    )
    moderation.thread_move(thread=of, actor=actor, place=place, reason="Ahí la encuentran más personas.")
    of.refresh_from_db()
    assert (of.kind, of.topics, of.about_title, of.slow_mode_seconds) == (
        "discussion", ["residuos"], "Compost en casa", 300,
    )  # fmt: skip
    assert "topic:residuos" in of.facet_keys
    kinds = list(ThreadChange.objects.filter(thread=of).values_list("kind", flat=True))
    assert kinds == [Kind.MOVED, Kind.SLOWED, Kind.UNPINNED, Kind.PINNED]
    assert len(told(of.author)) == 1


def test_what_waits_is_told_to_its_author_and_to_the_team_once_as_a_group():
    of, team = thread(), moderator()
    for _number in range(3):
        moderation.post_hold(post=post(of), reason=LINKS_OF_THE_NEW)
    author = of.posts.last().author
    assert "tu cuenta es nueva" in told(author)[0]
    head = Notification.objects.get(user=team, kind=HELD, is_folded=False)
    assert head.number == 3
    of.refresh_from_db()
    assert of.answers == 0


def test_what_is_let_in_is_new_to_whoever_read_on_and_its_old_number_leads_to_it():
    of, actor = thread(), moderator()
    waiting = moderation.post_hold(post=post(of), reason=LINKS_OF_THE_NEW)
    post(of)
    shown = moderation.post_approve(post=waiting, actor=actor)
    of.refresh_from_db()
    assert (shown.number, of.last_number, of.answers, shown.branch) == (4, 4, 2, 4)
    assert of.last_post_by == shown.author
    assert moved_post(of.pk, 2) == shown
    with pytest.raises(moderation.ModerationConflict):
        moderation.post_reject(post=waiting, actor=actor, reason="Tarde.")


def test_a_conversation_whose_opening_waits_is_hidden_until_it_is_let_in():
    of, actor = thread(), moderator()
    opening = moderation.post_hold(post=of.posts.get(number=1), reason=LINKS_OF_THE_NEW)
    assert not Thread.objects.visible_to(member()).filter(pk=of.pk).exists()
    with pytest.raises(moderation.ModerationConflict):
        moderation.thread_show(thread=of, actor=actor)
    moderation.post_approve(post=opening, actor=actor)
    assert Thread.objects.visible_to(member()).filter(pk=of.pk).exists()


def test_what_is_kept_out_says_why():
    of = thread()
    waiting = moderation.post_hold(post=post(of), reason=LINKS_OF_THE_NEW)
    moderation.post_reject(post=waiting, actor=moderator(), reason="Es publicidad de una empresa.")
    assert any("Es publicidad de una empresa." in text for text in told(waiting.author))
    assert Post.objects.get(pk=waiting.pk).status == "hidden"


def test_an_answer_gets_a_conversation_of_its_own_with_its_comments_and_links_lead_there(client):
    of, actor = thread(topics=["agua"], visibility="public"), moderator()
    answer = post(of, accepted_at=None)
    comment = post(of, parent=answer)
    stays = post(of)
    new = moderation.answer_split(
        answer=answer, actor=actor, title="¿Y con las pilas?", kind="question", reason="Merece lugar propio."
    )
    of.refresh_from_db()
    new.refresh_from_db()
    numbers = [(one.pk, one.number, one.branch, one.parent_id) for one in new.posts.in_order()]
    assert numbers == [(answer.pk, 1, 1, None), (comment.pk, 2, 2, None)]
    assert (of.replies, of.answers, new.answers, new.last_number) == (1, 1, 1, 2)
    assert list(of.posts.order_by("number").values_list("pk", flat=True))[1:] == [stays.pk]
    assert (new.author, new.topics, new.visibility) == (answer.author, ["agua"], "public")
    assert MovedPost.objects.filter(thread=of).count() == 2
    response = client.get(reverse("share:post", args=[of.pk, comment.number]))
    assert response.headers["Location"] == reverse("share:post", args=[new.pk, 2])
    assert {change.kind for change in ThreadChange.objects.filter(thread__in=[of, new])} == {Kind.SPLIT}
    with pytest.raises(moderation.ModerationConflict):
        moderation.answer_split(answer=comment, actor=actor, title="Otra", kind="question")


@pytest.mark.parametrize("kind", ["thread", "post", "event"])
def test_conversations_posts_and_encounters_are_reported_and_hidden_with_the_report(kind):
    of, reporter, decider = thread(), member(), UserFactory(superuser=True)
    answer, meeting = post(of), event(organiser=member())
    thing = {"thread": of, "post": answer, "event": meeting}[kind]
    author = {"thread": of.author, "post": answer.author, "event": meeting.created_by}[kind]
    known = reportable_kinds.get(kind)
    evidence = known.evidence(thing.pk)
    assert evidence is not None
    assert evidence.author_id == author.pk
    assert known.may_report(reporter, thing.pk)
    assert not known.may_report(author, thing.pk)
    report = Report.objects.create(
        kind=kind, object_id=thing.pk, reporter=reporter, person=author, category=Report.Category.values[0]
    )
    report_decide(report=report, actor=decider, measures=Measures(hide=True), note="Publicidad.")
    known.hide(thing.pk, decider)
    manager = type(thing).objects
    assert not manager.visible_to(reporter).filter(pk=thing.pk).exists()
    assert not any("denunci" in text.lower() for text in told(author))


def test_whoever_cannot_read_a_conversation_cannot_report_it():
    of = thread(visibility="members")
    outsider = UserFactory()
    assert not reportable_kinds.get("thread").may_report(outsider, of.pk)
    assert not reportable_kinds.get("post").may_report(outsider, post(of).pk)
