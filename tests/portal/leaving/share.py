"""Where she went, what she asked, and what she answered."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from portal.files.services import file_store
from tests.portal.leaving.scene import Scene
from tests.share.factories import event, post, registered, thread


def _sign(scene: Scene, text: str) -> str:
    """Return a text as she signs it: what of it stays must not say who she was."""
    return f"{text} Saludos, {scene.her.name.upper()}. Mi correo: {scene.her.email}, mi teléfono: 0342 15 455-1234."


def _thread(scene: Scene) -> None:
    """A conversation in which others take part, and one of hers alone."""
    title = f"Pregunta {scene.her.name}"
    kept = thread(
        author=scene.her, title=title, text=_sign(scene, "¿Cómo lo hacen?"), municipality=scene.town
    )
    kept.outcome = kept.outcome_html = _sign(scene, "Lo hicimos.")
    kept.save(update_fields=["outcome", "outcome_html"])
    post(kept, author=scene.other, accepted_at=timezone.now(), accepted_by=scene.her)
    kept.last_post_by = scene.her
    kept.save(update_fields=["last_post_by"])
    thread(author=scene.her, title=scene.mark("alone"), text=scene.mark("alone"))
    thread(author=scene.her, title=scene.mark("hidden"), hidden_at=timezone.now())


def _post(scene: Scene) -> None:
    """What others read of hers, what waits, and what she took away."""
    others = thread(author=scene.third)
    post(others, author=scene.her, text=_sign(scene, "Con una ordenanza."))
    post(others, author=scene.her, text=scene.mark("held"), status="held")
    post(others, author=scene.her, text=scene.mark("hidden"), status="hidden")


def _change(scene: Scene) -> None:
    others = thread(author=scene.third)
    scene.row("share.ThreadChange", thread=others, kind="hidden")
    hers = apps.get_model("share.Thread").objects.filter(author=scene.her, hidden_at=None).first()
    apps.get_model("share.ThreadChange").objects.create(
        thread=hers, kind="edited", by=scene.third, reason=f"Se llamaba «{scene.her.name}»."
    )


def _attendance_change(scene: Scene) -> None:
    """Steps of her own attendance, and of another's that she noted."""
    at = event(organiser=scene.third)
    for user in (scene.her, scene.other):
        made = registered(at, user)
        scene.row(
            "share.AttendanceChange", registration=made, attendance_from="unknown", attendance_to="present"
        )


def _minutes(scene: Scene) -> None:
    scene.row("share.Minutes", event=event(organiser=scene.third), text="Hablamos.", html="<p>Hablamos.</p>")


def _agreement(scene: Scene) -> None:
    made = apps.get_model("share.Minutes").objects.create(
        event=event(organiser=scene.third), text="Hablamos."
    )
    scene.row("share.Agreement", minutes=made, text="Compartir la ordenanza")


def _of_another_agreement(scene: Scene) -> None:
    made = apps.get_model("share.Minutes").objects.create(
        event=event(organiser=scene.third), text="Hablamos."
    )
    agreement = apps.get_model("share.Agreement").objects.create(minutes=made, text="Medir")
    scene.row("share.AgreementChange", agreement=agreement, status_to="open")
    scene.row("share.MinutesRevision", minutes=made, text="Hablábamos.")


def _registration(scene: Scene) -> None:
    """A place of hers, and another's whom she let in."""
    going = {"status": "going", "place": None, "attendance": "present"}
    none = {"offered_at": None, "offer_expires_at": None, "calendar_sequence": 1}
    scene.row("share.Registration", event=event(organiser=scene.third), code="ZQXMARCA", **going, **none)
    others = event(organiser=scene.third)
    scene.row(
        "share.Registration",
        event=others,
        user=scene.other,
        code="",
        answers={},
        checked_in_at=None,
        **going,
        **none,
    )


def _registration_change(scene: Scene) -> None:
    made = registered(event(organiser=scene.third), scene.other)
    scene.row("share.RegistrationChange", registration=made, status_to="going")


def _revision(scene: Scene) -> None:
    """What she wrote before she changed it, and what somebody changed after her."""
    others = thread(author=scene.third)
    hers = post(others, author=scene.her, text="Con una ordenanza.")
    scene.row("share.PostRevision", post=hers)
    theirs = post(others, author=scene.other)
    apps.get_model("share.PostRevision").objects.create(post=theirs, text="Antes", replaced_by=scene.her)


def _post_file(scene: Scene) -> None:
    hers = post(thread(author=scene.third), author=scene.her, text="Va adjunta.")
    upload = SimpleUploadedFile("ordenanza.txt", scene.mark("file").encode(), "text/plain")
    file = file_store(use="post-file", upload=upload, user=scene.her)
    apps.get_model("share.PostFile").objects.create(post=hers, file=file)


def _support(scene: Scene) -> None:
    scene.row("share.ThreadSupport", thread=thread(author=scene.third))


def _organised(scene: Scene) -> None:
    """An encounter that she made and others look after too, and a draft of hers alone."""
    at = event(organiser=scene.her, title="Compost", client_key=uuid4())
    apps.get_model("share.EventOrganiser").objects.create(event=at, user=scene.third)
    event(organiser=scene.her, title=scene.mark("draft"), status="draft", published_at=None)


def _series(scene: Scene) -> None:
    today = timezone.now()
    when = {"first_on": today.date(), "start_time": today.time(), "time_zone": "UTC"}
    scene.row("share.EventSeries", rule="FREQ=DAILY", **when)


FILLERS: dict[str, Callable[[Scene], Any]] = {
    "share.Event": _organised,
    # Made with the events that she organises.
    "share.EventOrganiser": lambda scene: None,
    "share.EventChange": lambda scene: scene.row(
        "share.EventChange", event=event(organiser=scene.third), kind="edited", fields=["title"]
    ),
    "share.EventSeries": _series,
    "share.Speaker": lambda scene: scene.row("share.Speaker", event=event(organiser=scene.third)),
    "share.Registration": _registration,
    "share.RegistrationChange": _registration_change,
    "share.CalendarFeed": lambda scene: scene.row("share.CalendarFeed"),
    "share.Thread": _thread,
    "share.Post": _post,
    "share.ThreadChange": _change,
    "share.RoutedQuestion": lambda scene: scene.row(
        "share.RoutedQuestion", thread=thread(author=scene.third), reasons=["team"]
    ),
    "share.ThreadReader": lambda scene: scene.row(
        "share.ThreadReader", thread=thread(author=scene.third), is_following=True, is_muted=False
    ),
    "share.PostRevision": _revision,
    "share.PostFile": _post_file,
    "share.PostMention": lambda scene: scene.row(
        "share.PostMention", post=post(thread(author=scene.third), author=scene.other)
    ),
    "share.PostThanks": lambda scene: scene.row(
        "share.PostThanks", post=post(thread(author=scene.third), author=scene.other)
    ),
    "share.ThreadSupport": _support,
    "share.AttendanceChange": _attendance_change,
    "share.Minutes": _minutes,
    "share.Agreement": _agreement,
    "share.AgreementChange": _of_another_agreement,
    # Made with the steps of a decision.
    "share.MinutesRevision": lambda scene: None,
    "share.Material": lambda scene: scene.row(
        "share.Material", event=event(organiser=scene.third), title="Fotos", url="https://x.example/"
    ),
}
