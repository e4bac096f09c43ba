"""Telephone numbers: one stored form (E.164), whatever the sheet made of them."""

from __future__ import annotations

import re
import unicodedata

import phonenumbers

_CHINESE_MOBILE = re.compile(r"(?:\+?86|0086)?(1[3-9]\d{9})")
# Landlines begin with 0 or, dialled locally, with 2 to 8: what begins with 1 is a mobile number with a digit missing.
_SHORT_MOBILE = re.compile(r"1\d{5,9}$")
_BETWEEN_NUMBERS = re.compile(r"[/／、,，;；|\n]|\s{2,}|(?<=\d{11})\s+(?=1\d{10})")
_DASHES = re.compile(r"[‐‑‒–—―−－﹣~～]")
_EXTENSION = re.compile(r"(?:转|分机|ext\.?|x|#)\s*:?\s*(\d{1,7})$", re.IGNORECASE)
_WRITTEN_AS_NUMBER = re.compile(r"\d+\.0+|\d(?:\.\d+)?[eE]\+?\d+")


class PhoneError(ValueError):
    """A text that holds no telephone number."""


def read_phone(text: str, region: str = "CN") -> str:
    """The first number in the text as E.164 (`+8619000000117`), with `x801` after it for an extension.

    Takes full-width digits, dashes, +86 and 0086, and numbers that a spreadsheet turned into 1.9E+10. A number
    without a country belongs to `region`. Raises PhoneError.
    """
    plain = _DASHES.sub("-", unicodedata.normalize("NFKC", text)).strip()
    if _WRITTEN_AS_NUMBER.fullmatch(plain):
        plain = str(int(float(plain)))
    first = next((part for part in _BETWEEN_NUMBERS.split(plain) if part.strip()), "")
    if mobile := _CHINESE_MOBILE.fullmatch(re.sub(r"[\s().-]", "", first)):
        return f"+86{mobile[1]}"
    if region == "CN" and _SHORT_MOBILE.match(re.sub(r"\D", "", first)) and not first.lstrip().startswith("+"):
        raise PhoneError(text)
    extension = _EXTENSION.search(first)
    if extension:
        first = first[: extension.start()]
    try:
        number = phonenumbers.parse(first, region)
    except phonenumbers.NumberParseException:
        raise PhoneError(text) from None
    if not phonenumbers.is_possible_number(number):
        raise PhoneError(text)
    stored = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return f"{stored}x{extension[1]}" if extension else stored


def last_four(phone: str) -> str:
    """The last four digits, without an extension: what binds a phone to a badge and what the desk searches by."""
    return re.sub(r"\D", "", phone.partition("x")[0])[-4:]


def shown_phone(phone: str) -> str:
    """A stored number as people read it: `190 0000 0117` at home, `+1 202 555 0123` from abroad."""
    number, _, extension = phone.partition("x")
    if mobile := re.fullmatch(r"\+86(1\d{2})(\d{4})(\d{4})", number):
        return " ".join(mobile.groups())
    try:
        parsed = phonenumbers.parse(number, "CN")
    except phonenumbers.NumberParseException:
        return phone
    home = parsed.country_code == 86
    style = phonenumbers.PhoneNumberFormat.NATIONAL if home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(parsed, style) + (f" x{extension}" if extension else "")
