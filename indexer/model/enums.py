"""The closed lists of the model: who speaks, in which part, in whose words; what a file and a piece of it are.

They stand apart because what readers give and what a transcript holds both name them.
"""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What a speaker is to the call."""

    MANAGEMENT = "management"
    ANALYST = "analyst"
    OPERATOR = "operator"
    OTHER = "other"


class Section(StrEnum):
    """The part of the call in which something was said."""

    INTRO = "intro"
    PREPARED = "prepared"
    QA = "qa"


class Delivery(StrEnum):
    """Whether the words are the speaker's own or an interpreter's."""

    ORIGINAL = "original"
    TRANSLATED = "translated"
    UNKNOWN = "unknown"


class NonSpeechKind(StrEnum):
    """Why a piece of the source is in no passage."""

    TITLE = "title"
    HEADING = "heading"
    SPEAKER_LINE = "speaker_line"
    DELIVERY_MARK = "delivery_mark"
    RUNNING_HEAD = "running_head"
    PAGE_NUMBER = "page_number"
    END_MARK = "end_mark"
    FRONT_MATTER = "front_matter"
    PARTICIPANTS = "participants"
    TIME_MARK = "time_mark"
    NAVIGATION = "navigation"
    QUESTION_MARK = "question_mark"
    SUMMARY = "summary"
    SYNTAX = "syntax"
    REPEAT = "repeat"


class Kind(StrEnum):
    """What a file is: the record of a talk, or a document that nobody spoke."""

    SPOKEN = "spoken"
    DOCUMENT = "document"


class Origin(StrEnum):
    """Where a piece of metadata was found, the most telling first."""

    COMMAND = "command"
    SIDECAR = "sidecar"
    FORMAT = "format"
    FRONT_MATTER = "front_matter"
    RUNNING_HEAD = "running_head"
    TITLE = "title"
    TEXT = "text"
    FILE_NAME = "file_name"
