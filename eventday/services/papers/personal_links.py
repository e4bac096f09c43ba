"""What organisers send to delegates before the day: a sheet of links, and a QR picture for each."""

from __future__ import annotations

from datetime import datetime

from ...badges.pictures import Picture, picture_paths, pictures_zip
from ...models import Badge, Event, db
from ...rules.codes import badge_url
from ...sheets.writing.links_workbook import PersonalLink, links_workbook
from .. import audit
from .badging import badges_of


def links_sheet(event: Event, *, base_url: str, now: datetime, contacts: bool = False) -> bytes:
    """An xlsx of every delegate's own page, company by company; with phones and e-mails where `contacts` says so."""
    badges = badges_of(event).all()
    links = [
        PersonalLink(
            company=badge.delegate.company.name,
            name=badge.delegate.name,
            title=badge.delegate.title,
            link=f"{base_url.rstrip('/')}/B/{badge.code}",
            picture=path,
            phone=badge.delegate.phone,
            email=badge.delegate.email,
        )
        for badge, path in zip(badges, picture_paths(_pictures(badges, base_url)), strict=True)
    ]
    return links_workbook(event.name, links, made_at=now, contacts=contacts)


def pictures_archive(event: Event, *, base_url: str, now: datetime) -> bytes:
    """A zip of every delegate's QR picture in a folder for each company; the sheet names the same files."""
    name, pictures = event.name, _pictures(badges_of(event).all(), base_url)
    db.session.rollback()  # drawing takes seconds; no transaction stays open for it
    return pictures_zip(name, pictures, made_at=now)


def record_handing_out(event: Event, what: str, *, now: datetime, actor: str) -> None:
    """Note in the audit trail that `what` (links, contacts or pictures) left the house."""
    audit.record(at=now, actor=actor, action="links.export", event_id=event.id, target=what)
    db.session.commit()


def _pictures(badges: list[Badge], base_url: str) -> list[Picture]:
    return [
        Picture(badge.delegate.company.name, badge.delegate.name, badge_url(base_url, badge.code)) for badge in badges
    ]
