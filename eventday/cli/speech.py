"""What the command line says, in the language of the terminal: Chinese where that is set to Chinese, else English.

It needs no application, since some errors come before there is one. Options and `--help` are English everywhere.
"""

from __future__ import annotations

import os
from functools import cache

import click
from babel.support import NullTranslations, Translations

from ..rules.errors import DomainError
from ..settings import PROJECT


def language() -> str:
    """`zh_Hans` or `en`, by the first of the terminal's settings that says anything."""
    wish = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return "zh_Hans" if wish.lower().startswith("zh") else "en"


def worded(sentence: str, **params: object) -> str:
    """`sentence`, which the code holds in English, with `params` filled in."""
    said = _catalogue(language()).gettext(sentence)
    return said % params if params else said


def say(sentence: str, *, err: bool = False, **params: object) -> None:
    """Print `sentence`; with `err`, on standard error."""
    click.echo(worded(sentence, **params), err=err)


def reason(error: DomainError) -> str:
    """Why something was refused."""
    return worded(error.message, **error.params)


@cache
def _catalogue(name: str) -> NullTranslations:
    """The sentences in the language `name`; English ones are their own translation."""
    return Translations.load(str(PROJECT / "eventday" / "translations"), [name])
