"""When the portal's periodic work is done; hours are those of the portal's own time zone."""

from typing import Any

from celery.schedules import crontab

SCHEDULE: dict[str, dict[str, Any]] = {
    "gather-words": {"task": "portal.catalog.tasks.gather_words", "schedule": crontab(hour="3", minute="20")},
    "worker-heartbeat": {"task": "portal.pages.tasks.beat_heart", "schedule": 30.0},
    "make-left-thumbnails": {"task": "portal.files.tasks.sweep_thumbnails", "schedule": 60.0},
    "deliver-pending-notices": {"task": "portal.notices.tasks.sweep_deliveries", "schedule": 60.0},
    "end-suspensions": {"task": "portal.safety.tasks.end_suspensions", "schedule": 60.0},
    "forget-allowances": {
        "task": "portal.safety.tasks.forget_allowances",
        "schedule": crontab(hour="4", minute="25"),
    },
    "forget-evidence": {
        "task": "portal.safety.tasks.forget_evidence",
        "schedule": crontab(hour="4", minute="35"),
    },
    "tell-left-announcements": {"task": "portal.notices.tasks.sweep_announcements", "schedule": 60.0},
    "forget-old-notices": {
        "task": "portal.notices.tasks.forget_notices",
        "schedule": crontab(hour="4", minute="40"),
    },
    "add-up-facet-counts": {"task": "inspire.tasks.counts.add_up_facet_counts", "schedule": 300.0},
    "add-up-thread-counts": {"task": "share.tasks.threads.add_up_thread_counts", "schedule": 300.0},
    "tell-new-questions": {
        "task": "share.tasks.threads.tell_new_questions",
        "schedule": crontab(minute="25"),
    },
    "add-up-directory-counts": {"task": "connect.tasks.add_up_directory_counts", "schedule": 300.0},
    "rebuild-directory": {
        "task": "connect.tasks.rebuild_directory",
        "schedule": crontab(hour="3", minute="50"),
    },
    "refresh-response-habits": {
        "task": "connect.tasks.refresh_response_habits",
        "schedule": crontab(hour="4", minute="20"),
    },
    "add-up-map-cells": {"task": "inspire.tasks.counts.add_up_map_cells", "schedule": 300.0},
    "resume-left-imports": {"task": "inspire.tasks.imports.sweep_imports", "schedule": 60.0},
    "forget-old-imports": {
        "task": "inspire.tasks.imports.forget_imports",
        "schedule": crontab(hour="4", minute="10"),
    },
    "refresh-facets": {"task": "inspire.tasks.counts.refresh_facets", "schedule": crontab(hour=3, minute=40)},
    "score-left-evaluations": {"task": "evaluate.tasks.sweep_runs", "schedule": 60.0},
    "ask-about-left-officials": {
        "task": "connect.tasks.ask_about_left_officials",
        "schedule": crontab(hour="5", minute="10"),
    },
    "refresh-calendars": {
        "task": "share.tasks.calendars.refresh_calendars",
        "schedule": crontab(hour="4", minute="15"),
    },
    "tell-left-posts": {"task": "share.tasks.threads.tell_posts", "schedule": 60.0},
    "tell-left-registration-steps": {
        "task": "share.tasks.registrations.tell_steps",
        "schedule": 60.0,
    },
    "sweep-offers": {"task": "share.tasks.registrations.sweep_offers", "schedule": 60.0},
    "sweep-absences": {"task": "share.tasks.registrations.sweep_absences", "schedule": 600.0},
    "send-reminders": {"task": "share.tasks.registrations.send_reminders", "schedule": 60.0},
    "plan-left-reminders": {"task": "share.tasks.registrations.plan_reminders", "schedule": 1800.0},
    "tell-organisers-of-registrations": {
        "task": "share.tasks.registrations.tell_organisers",
        "schedule": crontab(hour="7", minute="40"),
    },
    "remind-of-plan-steps": {
        "task": "evaluate.tasks.remind_of_plan_steps",
        "schedule": crontab(hour="7", minute="30"),
    },
    "remind-of-agreements": {
        "task": "share.tasks.agreements.remind_of_agreements",
        "schedule": crontab(hour="7", minute="35"),
    },
    "route-left-questions": {"task": "share.tasks.routing.sweep_routing", "schedule": 60.0},
    "escalate-questions": {
        "task": "share.tasks.routing.escalate_questions",
        "schedule": crontab(hour="8-18", minute="5", day_of_week="mon-fri"),
    },
    "extend-series": {
        "task": "share.tasks.organising.extend_series",
        "schedule": crontab(hour="4", minute="45"),
    },
    "refresh-event-times": {
        "task": "share.tasks.organising.refresh_event_times",
        "schedule": crontab(hour="4", minute="50"),
    },
}
