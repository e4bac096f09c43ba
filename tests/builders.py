"""Forums small enough to see, built for tests."""

from __future__ import annotations

import hashlib
from contextvars import Context
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from flask import Flask
from flask.testing import FlaskClient

from eventday.models import (
    Badge,
    Company,
    Delegate,
    Event,
    ForumTable,
    Participation,
    Presence,
    Round,
    Staff,
    Wish,
    db,
    writing,
)
from eventday.rules.codes import code_from_bits
from eventday.services.staffing import staff

NOW = datetime(2025, 6, 18, 5, 0, tzinfo=UTC)  # 13:00 in Shanghai
PASSWORD = "correct horse battery"


class Browser(FlaskClient):
    """A client whose requests run as they do in the server: with a context and a database session of their own.

    What the test has written so far is committed first; what it has read is read afresh afterwards.
    """

    def open(self, *args, **kwargs):
        db.session.commit()
        try:
            return Context().run(super().open, *args, **kwargs)
        finally:
            db.session.commit()


@dataclass
class Forum:
    """The rows of a small forum by the names that tests call them."""

    event: Event
    hosts: list[Company] = field(default_factory=list)
    companies: list[Company] = field(default_factory=list)
    tables: list[ForumTable] = field(default_factory=list)
    rounds: list[Round] = field(default_factory=list)
    delegates: list[Delegate] = field(default_factory=list)

    @property
    def codes(self) -> list[str]:
        """The live badge codes, in the order of `delegates`."""
        return [delegate.badge.code for delegate in self.delegates]


def add_company(name: str, *, kind: str = "sme", **more: str) -> Company:
    company = Company(name=name, normal_name=name.lower(), kind=kind, **more)
    db.session.add(company)
    db.session.flush()
    return company


def code_of(slug: str, delegate_id: int) -> str:
    """A badge code that looks drawn by lot and is the same in every run: what fails once fails always."""
    return code_from_bits(int.from_bytes(hashlib.sha256(f"{slug} {delegate_id}".encode()).digest()[:10]))


def add_delegate(event: Event, company: Company, name: str, **more) -> Delegate:
    """A delegate with a live badge, expected."""
    delegate = Delegate(event_id=event.id, company_id=company.id, name=name, created_at=NOW, **more)
    db.session.add(delegate)
    db.session.flush()
    db.session.add(
        Badge(event_id=event.id, delegate_id=delegate.id, code=code_of(event.slug, delegate.id), issued_at=NOW)
    )
    db.session.add(Presence(delegate_id=delegate.id, event_id=event.id))
    db.session.flush()
    return delegate


def small_forum(slug: str = "forum") -> Forum:
    """Two hosts with a table of two seats each, four companies with a delegate each, two rounds, every wish."""
    event = Event(slug=slug, name="宝山对接会", name_en="Baoshan forum", date=date(2025, 6, 18), created_at=NOW)
    db.session.add(event)
    db.session.flush()
    forum = Forum(event)
    for i in range(2):
        begin = datetime(2025, 6, 18, 6, 30, tzinfo=UTC) + timedelta(minutes=30 * i)
        forum.rounds.append(
            Round(
                event_id=event.id,
                name=f"第{'一二'[i]}轮",
                name_en=f"Round {i + 1}",
                start=begin,
                end=begin + timedelta(minutes=25),
            )
        )
    db.session.add_all(forum.rounds)
    for i, name in enumerate(("上海核工程研究设计院股份有限公司", "上海核工业第八研究所")):
        host = add_company(f"{name}{'' if slug == 'forum' else slug}", kind="soe", short_name=("核工院", "核八所")[i])
        forum.hosts.append(host)
        table = ForumTable(event_id=event.id, host_id=host.id, label=f"T{i + 1}", room=f"B{i + 1}会议室", capacity=2)
        db.session.add(table)
        forum.tables.append(table)
    people = ("尹磊国", "曾东梅", "单国嘉", "尉迟文")
    for i, name in enumerate(("泓辰精密机械", "恒优软件", "朗捷智能科技", "嘉维仪器仪表")):
        company = add_company(f"上海{name}有限公司{'' if slug == 'forum' else slug}", short_name=name[:2])
        forum.companies.append(company)
        db.session.add(Participation(event_id=event.id, company_id=company.id))
        forum.delegates.append(add_delegate(event, company, people[i], phone=f"1900000010{i}", title="总经理"))
        for host in forum.hosts:
            db.session.add(Wish(event_id=event.id, company_id=company.id, host_id=host.id, interest=5 - i))
    for host in forum.hosts:
        db.session.add(Participation(event_id=event.id, company_id=host.id))
    db.session.commit()
    return forum


def hold_today(forum: Forum, *, first_in: int) -> datetime:
    """Let the forum be today, its first round in `first_in` minutes; returns now.

    In a zone where it is noon: no day ends while a test looks at this one.
    """
    now = datetime.now(UTC)
    with writing():
        forum.event.timezone, forum.event.date = f"Etc/GMT{now.hour - 12:+d}", now.date()
        for i, each in enumerate(forum.rounds):
            each.start = now + timedelta(minutes=first_in + 30 * i)
            each.end = each.start + timedelta(minutes=25)
    return now


def new_member(role: str, *, events=()) -> str:
    """The e-mail address of a new member of staff with `role`, whose password is PASSWORD."""
    email = f"{role}-{db.session.query(Staff).count() + 1}@example.com"
    staff.add_member(email=email, role=role, password=PASSWORD, now=NOW, actor="tests", events=events)
    return email


def signed_in(app: Flask, role: str, *, events=()) -> FlaskClient:
    """A browser in which a new member of staff with `role` is signed in."""
    email = new_member(role, events=events)
    client = app.test_client()
    answer = client.post("/sign-in", data={"email": email, "password": PASSWORD})
    assert answer.status_code == 302, answer.text
    return client
