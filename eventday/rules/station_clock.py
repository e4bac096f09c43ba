"""A station's clock: what it tells is believed within reason, and corrected by ours where it is wrong."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

# A clock this far from ours is corrected; less is the way a request takes.
TOLERANCE = timedelta(seconds=2)
# A tablet whose battery died begins in 1970. What is further off is no clock, and no calendar could show it everywhere.
_FIRST, _LAST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


def believable(moment: datetime) -> bool:
    """Whether the aware `moment` may be what some clock has shown."""
    return _FIRST <= moment < _LAST


def correction(now: datetime, sent_at: datetime | None) -> timedelta:
    """What to add to the times of a station whose clock said `sent_at` when ours said `now`; nothing where that is no
    clock's or near enough."""
    if sent_at is None or not believable(sent_at):
        return timedelta(0)
    off = now - sent_at
    return off if abs(off) > TOLERANCE else timedelta(0)
