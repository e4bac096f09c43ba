"""A large forum with its plan published, for benchmarks to serve."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import insert

from eventday.models import (
    Assignment,
    Badge,
    Company,
    Delegate,
    Event,
    ForumTable,
    Plan,
    Presence,
    ProgrammeItem,
    Round,
    db,
)
from eventday.rules.codes import code_from_bits
from eventday.services.door.stations import add_station, token_for

HOSTS, ROUNDS = 40, 8


@dataclass(frozen=True)
class Crowd:
    """What devices need: badge codes, stations' tokens, the screen's key."""

    codes: list[str]
    tokens: list[str]
    screen_key: str


def build(delegates: int, stations: int, *, secret: str) -> Crowd:
    """A forum of `delegates`, five a company: forty hosts with a table each, eight rounds, three meetings a company."""
    now = datetime.now(UTC).replace(microsecond=0)
    event = Event(slug="crowd", name="大会", date=now.date(), created_at=now, scene="rounds", screen_key="k" * 20)
    db.session.add(event)
    db.session.flush()
    rounds = [
        Round(
            event_id=event.id,
            name=f"第{i + 1}轮",
            start=now + timedelta(hours=i),
            end=now + timedelta(minutes=60 * i + 50),
        )
        for i in range(ROUNDS)
    ]
    companies = [Company(name=f"企业{i}", normal_name=f"企业{i}") for i in range(max(1, delegates // 5))]
    hosts = [Company(name=f"央企{i}", normal_name=f"央企{i}", kind="soe") for i in range(HOSTS)]
    db.session.add_all([*rounds, *companies, *hosts])
    db.session.flush()
    tables = [
        ForumTable(event_id=event.id, host_id=h.id, label=f"T{i}", room="大厅", capacity=20)
        for i, h in enumerate(hosts)
    ]
    lines = [
        ProgrammeItem(event_id=event.id, kind="round", title=r.name, start=r.start, end=r.end, round_id=r.id)
        for r in rounds
    ]
    plan = Plan(event_id=event.id, state="published", version=1, created_at=now, published_at=now)
    db.session.add_all([*tables, *lines, plan])
    db.session.flush()
    codes = _people(event, companies, delegates, now)
    seats = [
        {
            "plan_id": plan.id,
            "company_id": c.id,
            "table_id": tables[(i + 7 * n) % HOSTS].id,
            "round_id": rounds[(i + n) % ROUNDS].id,
        }
        for i, c in enumerate(companies)
        for n in range(3)
    ]
    db.session.execute(insert(Assignment), seats)
    db.session.commit()
    tokens = []
    for number in range(stations):
        _, code = add_station(event=event, name=f"S{number}", now=now, actor="benchmark", secret=secret)
        tokens.append(token_for(code, secret))
    return Crowd(codes, tokens, event.screen_key)


def _people(event: Event, companies: list[Company], count: int, now: datetime) -> list[str]:
    people = [
        Delegate(event_id=event.id, company_id=companies[i % len(companies)].id, name=f"来宾{i}", created_at=now)
        for i in range(count)
    ]
    db.session.add_all(people)
    db.session.flush()
    codes = [code_from_bits(secrets.randbits(80)) for _ in people]
    pairs = list(zip(people, codes, strict=True))
    db.session.add_all(Badge(event_id=event.id, delegate_id=p.id, code=code, issued_at=now) for p, code in pairs)
    db.session.add_all(Presence(delegate_id=p.id, event_id=event.id) for p in people)
    db.session.flush()
    return codes
