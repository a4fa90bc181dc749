"""Notices and announcements, as the network's team works with them."""

from portal.notices.admin.announcements import AnnouncementAdmin
from portal.notices.admin.notifications import NotificationAdmin

__all__ = ["AnnouncementAdmin", "NotificationAdmin"]
