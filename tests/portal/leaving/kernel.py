"""Her notices, blocks and reports, and her trace in the audit."""

from collections.abc import Callable
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from portal.audit.models import AuditEvent
from portal.files.models import StoredFile
from portal.notices.models import Notification
from portal.safety.models import Report
from tests.portal.leaving.scene import HER_KEY, Scene


def _notices(scene: Scene) -> None:
    scene.row("notices.Notification", kind="report-decided", fact="suyo", named=[])
    Notification.objects.create(
        user=scene.other,
        kind="report-decided",
        fact="ajeno",
        text=scene.mark("in somebody else's notice"),
        named=[HER_KEY],
    )


def _town_file(scene: Scene) -> None:
    """Something she uploaded that is not hers: it stays, without her."""
    StoredFile.objects.create(
        use="connect-message",
        name="ordenanza.txt",
        content=ContentFile(b"Ordenanza", name="x"),
        content_type="text/plain",
        size=9,
        sha256="0" * 64,
        uploaded_by=scene.her,
    )


def _audit(scene: Scene) -> None:
    AuditEvent.objects.create(
        actor_id=HER_KEY, action="test.done", target_type="test", target_id="1", address="203.0.113.7"
    )


def _blocks(scene: Scene) -> None:
    scene.row("safety.Block", blocker=scene.other, blocked=scene.her)
    scene.row("safety.Block", blocker=scene.her, blocked=scene.third)


def _reports(scene: Scene) -> None:
    decided = {"status": "dismissed", "decided_at": timezone.now()}
    scene.row(
        "safety.Report", kind="person", object_id=HER_KEY, category="spam", reporter=scene.other, **decided
    )
    scene.row("safety.Report", kind="entry", object_id=1, category="spam", person=None, evidence={})


def _report_change(scene: Scene) -> None:
    about_her = Report.objects.get(person=scene.her)
    scene.row("safety.ReportChange", report=about_her, to_status="dismissed")


def _suspension(scene: Scene) -> None:
    scene.row("safety.Suspension", lifted_at=timezone.now())
    scene.row(
        "safety.Suspension", user=scene.third, reason="De otra persona", appeal="", lifted_at=timezone.now()
    )


FILLERS: dict[str, Callable[[Scene], Any]] = {
    # Made with the scene.
    "catalog.Entry": lambda scene: None,
    "files.StoredFile": _town_file,
    "notices.Notification": _notices,
    "notices.NoticePreference": lambda scene: scene.row(
        "notices.NoticePreference", kind="report-decided", in_portal=True
    ),
    "notices.NoticeSettings": lambda scene: scene.row("notices.NoticeSettings"),
    "notices.Announcement": lambda scene: scene.row("notices.Announcement", text="Del equipo"),
    "audit.AuditEvent": _audit,
    "safety.Block": _blocks,
    "safety.Report": _reports,
    "safety.ReportChange": _report_change,
    "safety.Suspension": _suspension,
    "safety.Allowance": lambda scene: scene.row(
        "safety.Allowance", limit="reports-a-day", window_start=timezone.now(), used=1
    ),
}
