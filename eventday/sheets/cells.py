"""One cell → one typed value, or UnreadableError saying why not. Nothing is guessed that could as well be wrong."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta

from eventday.rules.tidy_text import fold, tidy, tidy_lines

from .grid import Value
from .vocabulary import words

_ERRORS = {"#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA"}
_NOTHING = {"-", "—", "——", "/", "无", "n/a", "none", "null", "nil", "暂无", "没有", "待定", "tbd", "姓名待定"}
_SERIAL_DAY_ZERO = datetime(1899, 12, 30)
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_COMPACT_DATE = re.compile(r"(20\d{2})(\d{2})(\d{2})")
_DAY_OF_YEAR = re.compile(r"(\d{1,2})月(\d{1,2})日")
_WRITTEN_DATES = ("%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y", "%B %d %Y", "%b %d %Y")
_CLOCK = re.compile(
    r"(?P<half>上午|下午|中午|晚上|早上|凌晨|am|pm)?\s*(?P<hour>\d{1,2})\s*(?:[:.](?P<minute>\d{2})(?::\d{2})?"
    r"|[点时](?:(?P<minute2>\d{1,2})分?|(?P<halfpast>半))?)?\s*(?P<after>am|pm|a\.m\.|p\.m\.)?",
    re.IGNORECASE,
)
_ATTENDANCE = words("attendance")
_YES = {"是", "y", "yes", "true", "1", "√", "✓", "✔", "有", "对", "需要"}
_NO = {"否", "n", "no", "false", "0", "×", "✗", "不", "没有", "无", "不需要"}


class UnreadableError(ValueError):
    """A cell that cannot be what its column says. `code` and `params` as in rows.Problem."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


def as_text(value: Value, limit: int = 200) -> str:
    """One tidied line; empty for a blank cell. Numbers lose a meaningless `.0`. Formulas and errors are refused."""
    return _limited(tidy(_raw(value)), limit)


def as_lines(value: Value, limit: int = 10_000) -> str:
    """A longer text with its line breaks."""
    return _limited(tidy_lines(_raw(value)), limit)


def as_name(value: Value, limit: int = 200) -> str:
    """A name; what stands for "nothing" or "not known yet" (—, 无, 待定, TBD) counts as blank."""
    text = as_text(value, limit)
    return "" if text.casefold() in _NOTHING else text


def as_whole_number(value: Value, least: int, most: int) -> int | None:
    """A whole number, also with a unit after it (8家, 5 分); None for a blank cell."""
    text = unicodedata.normalize("NFKC", as_name(value)).replace(",", "")
    if not text:
        return None
    match = re.fullmatch(r"(?:约|不超过|最多|第)?\s*(\d{1,9})(?:\.0+)?\s*[^\d.\-+]{0,6}", text)
    if not match:
        raise UnreadableError("not_a_number", value=text)
    number = int(match[1])
    if not least <= number <= most:
        raise UnreadableError("out_of_range", value=text, least=str(least), most=str(most))
    return number


def as_date(value: Value, year: int) -> date | None:
    """A day, from a date cell, Excel's day number or text; `year` fills in where only month and day are given."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool) and 20_000 < value < 80_000:
        return (_SERIAL_DAY_ZERO + timedelta(days=float(value))).date()
    text = unicodedata.normalize("NFKC", as_name(value))
    if not text:
        return None
    for pattern in (_DATE, _COMPACT_DATE):
        if match := pattern.match(text):
            return _day(int(match[1]), int(match[2]), int(match[3]), text)
    if match := _DAY_OF_YEAR.match(text):
        return _day(year, int(match[1]), int(match[2]), text)
    for style in _WRITTEN_DATES:
        try:
            return datetime.strptime(text, style).date()
        except ValueError:
            continue
    raise UnreadableError("not_a_date", value=text)


def as_clock(value: Value, year: int) -> time | datetime | None:
    """A reading of the clock, with its day when the cell has one: `14：15左右`, `下午2点半`, `2:30 PM`, a time cell."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=None) if value.year > 1901 else value.time()
    if isinstance(value, time):
        return value
    if isinstance(value, timedelta):
        return (datetime.min + value).time() if timedelta(0) <= value < timedelta(days=1) else _no_clock(str(value))
    if isinstance(value, float) and 0 <= value < 1:
        return (datetime.min + timedelta(minutes=round(value * 1440))).time() if value * 1440 < 1439.5 else time(23, 59)
    if isinstance(value, (int, float)) and not isinstance(value, bool) and 20_000 < value < 80_000:
        return _SERIAL_DAY_ZERO + timedelta(minutes=round(float(value) * 1440))
    text = unicodedata.normalize("NFKC", as_name(value))
    if not text:
        return None
    day, rest = _leading_day(text, year)
    reading = _clock(rest)
    return datetime.combine(day, reading) if day else reading


def as_remote(value: Value, *, asked: bool = False) -> bool | None:
    """Whether somebody attends from afar. `asked`: the column itself asks "online?", so that yes and no answer it."""
    text = fold(as_name(value))
    if not text:
        return None
    if asked and text in _YES | _NO:
        return text in _YES
    if any(word in text for word in _ATTENDANCE["on_site"]) and "非现场" not in text:
        return False
    if any(word in text for word in _ATTENDANCE["remote"]) or "非现场" in text:
        return True
    raise UnreadableError("not_an_attendance", value=as_text(value))


def as_one_of(value: Value, words: dict[str, tuple[str, ...]], code: str) -> str | None:
    """The key under whose words the cell falls; whole words first, then a word inside a longer text."""
    text = fold(as_name(value))
    if not text:
        return None
    for test in (str.__eq__, str.__contains__):
        for key, spellings in words.items():
            if any(test(text, fold(spelling)) for spelling in spellings):
                return key
    raise UnreadableError(code, value=as_text(value))


def _raw(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        if value.lstrip().startswith("="):
            raise UnreadableError("formula")
        if value.strip() in _ERRORS:
            raise UnreadableError("error_value", value=value.strip())
        return value
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    return str(value)


def _limited(text: str, limit: int) -> str:
    if len(text) > limit:
        raise UnreadableError("too_long", value=f"{text[:20]}…", limit=str(limit))
    return text


def _day(year: int, month: int, day: int, text: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise UnreadableError("not_a_date", value=text) from None


def _leading_day(text: str, year: int) -> tuple[date | None, str]:
    """Splits `2025-06-18 14:30` and `6月18日14:30`."""
    for pattern in (_DATE, _DAY_OF_YEAR):
        if match := pattern.match(text):
            return as_date(match[0], year), text[match.end() :].lstrip(" T日")
    return None, text


def _clock(text: str) -> time:
    match = _CLOCK.search(text)
    if not match or not (match["minute"] or match["half"] or match["after"] or re.search(r"[点时]", match[0])):
        digits = re.fullmatch(r"([01]\d|2[0-3])([0-5]\d)", text.strip())
        return time(int(digits[1]), int(digits[2])) if digits else _no_clock(text)
    hour, minute = int(match["hour"]), int(match["minute"] or match["minute2"] or (30 if match["halfpast"] else 0))
    half = (match["half"] or match["after"] or "").lower().replace(".", "")
    if half in ("下午", "晚上", "pm", "中午") and 1 <= hour < (4 if half == "中午" else 12):
        hour += 12
    if half in ("am", "凌晨") and hour == 12:
        hour = 0
    return time(hour, minute) if hour < 24 and minute < 60 else _no_clock(text)


def _no_clock(text: str) -> time:
    raise UnreadableError("not_a_time", value=text)
