"""Chinese and English are complete: every sentence that the code shows has its Chinese, and no Chinese is left over."""

import re

import pytest

from eventday.translations.build import build, rooms, sentences

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
GIVEN = {"num"}  # ngettext hands it over unasked


def translated() -> dict[str, str]:
    """English -> Chinese, over all rooms; a plural sentence stands under both of its forms."""
    known = {}
    for room in rooms():
        for message in room:
            if not message.id:
                continue
            forms = message.id if isinstance(message.id, tuple) else (message.id,)
            chinese = message.string if isinstance(message.string, str) else message.string[0]
            if chinese:
                known |= dict.fromkeys(forms, chinese)
    return known


def test_every_sentence_has_its_chinese():
    known = translated()
    missing = [
        f"{file}:{line}: {text}"
        for text, places in sentences().items()
        if text not in known
        for file, line in places[:1]
    ]
    assert not missing, "\n".join(missing)


def test_no_translation_is_left_over():
    shown = sentences()
    assert not [text for text in translated() if text not in shown]


def test_no_sentence_is_translated_twice():
    seen, twice = set(), []
    for room in rooms():
        for message in room:
            if message.id:
                twice += [message.id] if message.id in seen else []
                seen.add(message.id)
    assert not twice


def test_placeholders_agree():
    wrong = [
        f"{english} → {chinese}"
        for english, chinese in translated().items()
        if set(PLACEHOLDER.findall(chinese)) - set(PLACEHOLDER.findall(english)) - GIVEN
    ]
    assert not wrong, "\n".join(wrong)


def test_translations_are_chinese():
    plain = [
        text
        for text, chinese in translated().items()
        if re.search(r"[a-z]{4}", re.sub(r"\{\w+\}", "", PLACEHOLDER.sub("", chinese)))
        and not re.search(r"[一-鿿]", chinese)
    ]
    assert not plain, "\n".join(map(str, plain))


@pytest.mark.parametrize("language", ["zh_Hans"])
def test_the_catalogue_compiles(language):
    assert build(language).stat().st_size > 1000
