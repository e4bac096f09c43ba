"""Chinese or English: asked for by ?lang=, remembered in a cookie, else what the browser prefers."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from urllib.parse import urlencode

from babel import Locale
from flask import Flask, Response, current_app, request
from flask_babel import Babel, get_locale
from flask_babel import gettext as _
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

# British English: 18 June 2025 and a clock of 24 hours, as one reads in Shanghai.
LANGUAGES = {"zh": "zh_Hans", "en": "en_GB"}
COOKIE = "lang"
# Read once: to look a locale up by its name asks the file system, and that for each request.
LOCALES = {name: Locale.parse(name) for name in LANGUAGES.values()}


def init_app(app: Flask) -> None:
    app.config.update(
        BABEL_DEFAULT_LOCALE="zh_Hans",
        BABEL_DEFAULT_TIMEZONE="Asia/Shanghai",
        BABEL_TRANSLATION_DIRECTORIES=str(Path(__file__).resolve().parent.parent / "translations"),
    )
    Babel(app, locale_selector=select)
    app.after_request(_remember)
    app.jinja_env.globals.update(locale_tag=locale_tag, other_language=other_language, both=both, address_in=address_in)


def select() -> Locale:
    """The locale of this request."""
    return LOCALES[_wished() if request else current_app.config["BABEL_DEFAULT_LOCALE"]]


def _wished() -> str:
    for wish in (request.args.get("lang"), request.cookies.get(COOKIE)):
        if wish and (found := _understand(wish)):
            return found
    return _preferred(request.headers.get("Accept-Language", ""))


@lru_cache(maxsize=256)
def _preferred(accepted: str) -> str:
    """What a browser prefers; a hall full of them says the same few things with every request."""
    offered = ["zh", "zh-CN", "zh-Hans", "zh-TW", "zh-HK", "en", "en-US", "en-GB"]
    best = parse_accept_header(accepted, LanguageAccept).best_match(offered)
    return _understand(best or "zh") or "zh_Hans"


def _understand(wish: str) -> str | None:
    return LANGUAGES.get(wish.replace("_", "-").split("-")[0].lower())


def _remember(response: Response) -> Response:
    wish = request.args.get("lang")
    if wish and _understand(wish):
        response.set_cookie(
            COOKIE,
            wish.split("-")[0].lower(),
            max_age=365 * 86400,
            samesite="Lax",
            secure=current_app.config["EVENTDAY"].secure,
        )
    response.vary.add("Accept-Language")
    response.vary.add("Cookie")
    return response


def is_chinese() -> bool:
    """Whether this request is answered in Chinese."""
    locale = get_locale()
    return locale is None or locale.language == "zh"


def locale_tag() -> str:
    """The page's language for `<html lang>`."""
    return "zh-Hans" if is_chinese() else "en"


def other_language() -> tuple[str, str]:
    """The language that the switch on this page leads to: its code and its own name."""
    return ("en", "English") if is_chinese() else ("zh", "中文")


def both(chinese: str | None, english: str | None) -> str:
    """The text in the page's language, or the other where that is all there is."""
    first, second = (chinese, english) if is_chinese() else (english, chinese)
    return first or second or ""


def translate_error(message: str, params: dict[str, object]) -> str:
    """A domain error's sentence in the language of this request."""
    return _(message, **params) if params else _alone(message, get_locale())


@lru_cache(maxsize=1024)
def _alone(message: str, _locale: Locale | None) -> str:
    """A sentence without parameters in the language of this request, which is `_locale`."""
    return _(message)


def address_in(code: str) -> str:
    """This page's address with `?lang=code`; after a form was sent, the page that it was on."""
    query = request.args.to_dict(flat=False) | {"lang": [code]}
    return f"{request.path}?{urlencode(query, doseq=True)}"
