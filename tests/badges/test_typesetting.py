"""Typesetting is the same on every machine and fetches nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from eventday.badges.typesetting import TEMPLATES, unprintable


@pytest.mark.parametrize("template", sorted(TEMPLATES.glob("*.typ")), ids=lambda path: path.name)
def test_a_template_uses_no_package_and_evaluates_nothing(template: Path) -> None:
    source = template.read_text(encoding="utf-8")
    assert "@preview" not in source
    assert "eval(" not in source


def test_characters_that_our_fonts_lack_are_named() -> None:
    assert unprintable("䶮㛃堃 Müller Őszi Łukasz Özdağ Nguyễn Иван Ηλίας") == ""
    assert unprintable("กมล 刘") == "กมล"
