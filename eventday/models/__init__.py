"""The tables. One file per noun family; `base` holds the handle and the transaction habits."""

from .base import Base, db, only_reading, promise_only_to_read, writing
from .checkin import (
    SCAN_KINDS,
    STATION_ROLES,
    TROUBLES,
    Conflict,
    FormerRole,
    Presence,
    Scan,
    Station,
    TableVisit,
    WalkIn,
)
from .company import (
    COMPANY_KINDS,
    DELEGATE_ROLES,
    Badge,
    Company,
    CompanyAlias,
    Delegate,
    Participation,
)
from .event import Event, ProgrammeItem, Round, Series
from .matching import Apart, ForumTable, HostLimit, Lock, Need, PairRule, Wish
from .phone import OUTCOMES, SIDES, BindAttempt, ContactOffer, ContactReceipt, DeskCode, MeetingNote, PhoneBinding
from .plan import WORKING, Assignment, Job, Plan
from .planning import PlanEdit, PlanSeen, SeatOffer
from .project import PROJECT_STAGES, Project, ProjectStep
from .staff import STAFF_ROLES, AuditEntry, Staff
from .stamping import next_revision, stamp_delegates
from .upload import Upload, UploadFile

__all__ = [
    "COMPANY_KINDS",
    "DELEGATE_ROLES",
    "OUTCOMES",
    "PROJECT_STAGES",
    "SCAN_KINDS",
    "SIDES",
    "STAFF_ROLES",
    "STATION_ROLES",
    "TROUBLES",
    "WORKING",
    "Apart",
    "Assignment",
    "AuditEntry",
    "Badge",
    "Base",
    "BindAttempt",
    "Company",
    "CompanyAlias",
    "Conflict",
    "ContactOffer",
    "ContactReceipt",
    "Delegate",
    "DeskCode",
    "Event",
    "FormerRole",
    "ForumTable",
    "HostLimit",
    "Job",
    "Lock",
    "MeetingNote",
    "Need",
    "PairRule",
    "Participation",
    "PhoneBinding",
    "Plan",
    "PlanEdit",
    "PlanSeen",
    "Presence",
    "ProgrammeItem",
    "Project",
    "ProjectStep",
    "Round",
    "Scan",
    "SeatOffer",
    "Series",
    "Staff",
    "Station",
    "TableVisit",
    "Upload",
    "UploadFile",
    "WalkIn",
    "Wish",
    "db",
    "next_revision",
    "only_reading",
    "promise_only_to_read",
    "stamp_delegates",
    "writing",
]
