"""The unified social credit code (统一社会信用代码, GB 32100), by which a company is known across events."""

from __future__ import annotations

import unicodedata

from stdnum.cn import uscc
from stdnum.exceptions import InvalidChecksum, InvalidLength, ValidationError


class CreditCodeError(ValueError):
    """A text that is no credit code. `why`: length, letters or check_digit; `code`: the text, tidied."""

    def __init__(self, code: str, why: str) -> None:
        super().__init__(f"{code}: {why}")
        self.code = code
        self.why = why


def read_credit_code(text: str) -> str:
    """The code in its one form: 18 capitals and digits. Raises CreditCodeError, saying what is wrong with it."""
    code = "".join(unicodedata.normalize("NFKC", text).split()).replace("-", "").upper()
    try:
        return uscc.validate(code)
    except InvalidLength:
        why = "length"
    except InvalidChecksum:
        why = "check_digit"
    except (ValidationError, ValueError):
        why = "letters"
    raise CreditCodeError(code, why)
