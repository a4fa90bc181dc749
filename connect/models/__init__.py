"""What the app keeps: profiles, the directory made of them, connections, conversations, towns and who follows whom."""

from connect.models.connections import Connection, ConnectionChange, Introduction, IntroductionChange
from connect.models.conversations import Conversation, Message, MessageFile, Participant
from connect.models.directory import DirectoryCount, DirectoryEntry
from connect.models.profile import Profile
from connect.models.towns import Succession, SuccessionChange, TownProfile

__all__ = [
    "Connection",
    "ConnectionChange",
    "Conversation",
    "DirectoryCount",
    "DirectoryEntry",
    "Introduction",
    "IntroductionChange",
    "Message",
    "MessageFile",
    "Participant",
    "Profile",
    "Succession",
    "SuccessionChange",
    "TownProfile",
]
