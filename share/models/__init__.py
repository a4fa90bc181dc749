"""Encounters and conversations."""

from share.models.agenda import Material, Session, Speaker
from share.models.attendance import AttendanceChange
from share.models.events import Event, EventChange, EventOrganiser
from share.models.following import ListCount, RoutedQuestion, ThreadChange, ThreadReader
from share.models.minutes import Agreement, AgreementChange, Minutes, MinutesRevision
from share.models.moved import MovedPost
from share.models.posts import Post, PostFile, PostMention, PostRevision, PostThanks
from share.models.registrations import (
    CalendarFeed,
    Registration,
    RegistrationChange,
    RegistrationQuestion,
    Seats,
)
from share.models.reminders import EventReminder
from share.models.series import EventSeries
from share.models.telling import PostToTell
from share.models.threads import Thread, ThreadSupport

__all__ = [
    "Agreement",
    "AgreementChange",
    "AttendanceChange",
    "CalendarFeed",
    "Event",
    "EventChange",
    "EventOrganiser",
    "EventReminder",
    "EventSeries",
    "ListCount",
    "Material",
    "Minutes",
    "MinutesRevision",
    "MovedPost",
    "Post",
    "PostFile",
    "PostMention",
    "PostRevision",
    "PostThanks",
    "PostToTell",
    "Registration",
    "RegistrationChange",
    "RegistrationQuestion",
    "RoutedQuestion",
    "Seats",
    "Session",
    "Speaker",
    "Thread",
    "ThreadChange",
    "ThreadReader",
    "ThreadSupport",
]
