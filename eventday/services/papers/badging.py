"""Badges: which there are, printing them, replacing a lost one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Query, contains_eager

from ...badges.badge_papers import badge_pages, badges_pdf
from ...badges.cards import BadgeCard, Heading
from ...badges.typesetting import unprintable
from ...models import Badge, Company, Delegate, Event, db
from ...rules.codes import badge_url
from ...rules.errors import Stale
from ...rules.pinyin_keys import syllables
from .. import audit
from ..forum.events import hold
from ..people.delegates import find_delegate, search_people

CSV_COLUMNS = ("code", "delegate", "company", "kind", "role")
# Who stands on a badge that only shows a layout.
SAMPLE = BadgeCard("王晓明", "上海精密仪器有限公司", "0" * 16, badge_url("https://example.org", "0" * 16), "delegate")


@dataclass(frozen=True)
class Choice:
    """Which badges: all live ones, or those that meet every condition given."""

    words: str = ""  # finds a delegate or a company as the search does, pinyin too
    role: str = ""
    kind: str = ""  # of the company
    unprinted: bool = False
    delegates: Collection[int] | None = None


def badges_of(event: Event, choice: Choice = Choice()) -> Query[Badge]:
    """The live badges of `event` that `choice` means, company by company, with delegate and company loaded."""
    loaded = contains_eager(Badge.delegate).contains_eager(Delegate.company)
    query = _who(event).options(loaded).order_by(Company.name, Delegate.name, Badge.id)
    if choice.words:
        query = query.filter(Delegate.id.in_(search_people(event, choice.words)))
    if choice.role:
        query = query.filter(Delegate.role == choice.role)
    if choice.kind:
        query = query.filter(Company.kind == choice.kind)
    if choice.unprinted:
        query = query.filter(Badge.printed_at.is_(None))
    if choice.delegates is not None:
        query = query.filter(Delegate.id.in_(choice.delegates))
    return query


def print_badges(
    event: Event, choice: Choice, layout: str, *, base_url: str, now: datetime, actor: str
) -> tuple[bytes, list[str]]:
    """A PDF of the chosen badges, which count as printed from then on, and the names that it cannot show whole.

    Raises Invalid for an unknown layout or too long an address, NothingToPrintError when nobody was chosen.
    """
    event_id, heading = event.id, _heading(event)
    badges = sorted(badges_of(event, choice), key=_place_in_the_box)
    numbers, cards = [badge.id for badge in badges], [_card(badge, base_url) for badge in badges]
    # Thousands of badges take seconds: the door goes on writing meanwhile.
    db.session.rollback()
    made = badges_pdf(cards, heading, layout, made_at=now)
    # Past the session on purpose: that a badge was printed is no change that stations have to hear of.
    db.session.execute(
        update(Badge).where(Badge.event_id == event_id, Badge.id.in_(numbers)).values(printed_at=now),
        execution_options={"synchronize_session": False},
    )
    audit.record(at=now, actor=actor, action="badges.print", event_id=event_id, target=layout, count=len(cards))
    db.session.commit()
    return made, [f"{card.name} ({missing})" for card in cards if (missing := unprintable(card.name))]


def unprintable_names(event: Event) -> list[tuple[str, str]]:
    """(name, characters) of everybody whose name our fonts cannot show whole; such a badge is finished by hand."""
    names = (name for (name,) in _who(event).with_entities(Delegate.name).order_by(Delegate.name))
    return [(name, missing) for name in names if (missing := unprintable(name))]


def layout_picture(event: Event, layout: str, *, dpi: float = 60) -> bytes:
    """How `layout` looks with this event's name: the first page as a PNG."""
    cards = [SAMPLE] * (10 if layout == "a4-sheet" else 1)
    return badge_pages(cards, _heading(event), layout, dpi=dpi)[0]


def badge_rows(event: Event) -> list[tuple[str, str, str, str, str]]:
    """What other systems are told of the badges; see CSV_COLUMNS."""
    people = ((badge.code, badge.delegate) for badge in badges_of(event))
    return [(code, one.name, one.company.name, one.company.kind, one.role) for code, one in people]


def reissue(
    event: Event, delegate_id: int, *, code: str, now: datetime, actor: str, print_id: str | None = None
) -> Badge:
    """Give a delegate a badge with the fresh `code`; the old one is revoked in the same moment.

    `print_id` names the print that asks for it (desk_badges). Raises NotFound, or Stale when somebody else has just
    done it too.
    """
    delegate = find_delegate(event, delegate_id)
    hold(event)  # first, as everybody else who changes it: two who came by the badge would wait for each other here
    old = db.session.scalar(select(Badge).filter_by(delegate_id=delegate.id, revoked_at=None))
    if old is not None:
        old.revoked_at = now
        db.session.flush()
    badge = Badge(event_id=event.id, delegate_id=delegate.id, code=code, issued_at=now, print_id=print_id)
    db.session.add(badge)
    audit.record(at=now, actor=actor, action="badge.reissue", event_id=event.id, target=f"delegate {delegate.id}")
    try:
        db.session.commit()
    except IntegrityError as error:
        db.session.rollback()
        raise Stale("Somebody else has just reissued this badge. Print the newest one.") from error
    return badge


def _who(event: Event) -> Query[Badge]:
    """Live badges of people who are still there: neither erased nor merged into another."""
    return (
        db.session.query(Badge)
        .join(Badge.delegate)
        .join(Delegate.company)
        .filter(Badge.event_id == event.id, Badge.revoked_at.is_(None))
        .filter(Delegate.erased_at.is_(None), Delegate.merged_into_id.is_(None))
    )


def _place_in_the_box(badge: Badge) -> tuple[str, int, str, int]:
    """Company by company and person by person in the order of their pinyin: how a desk looks for a badge."""
    delegate = badge.delegate
    return syllables(delegate.company.name), delegate.company_id, syllables(delegate.name), badge.id


def _heading(event: Event) -> Heading:
    return Heading(event.name, event.name_en, event.date.isoformat(), event.venue)


def _card(badge: Badge, base_url: str) -> BadgeCard:
    delegate, company = badge.delegate, badge.delegate.company
    return BadgeCard(
        name=delegate.name,
        name_en=delegate.name_en,
        company=company.name,
        company_en=company.name_en,
        title=delegate.title,
        role=delegate.role,
        remote=delegate.remote,
        code=badge.code,
        qr_text=badge_url(base_url, badge.code),
    )
