"""What makes two people look like one, and which of two badges stays."""

import pytest

from eventday.rules.name_search import finds
from eventday.rules.plain_han import plain_han, traditional_pairs
from eventday.rules.same_person import Known, keeps_walk_ins_badge, likeness

HERE = Known("王晓明", "", "上海泓辰精密机械有限公司", "+8613800001234")


@pytest.mark.parametrize(
    ("other", "sign"),
    [
        (Known("老王", "", "别家公司", "+8613800001234"), "phone"),
        (Known("王晓明", "", "泓辰精密机械", ""), "name_and_company"),
        (Known("王曉明", "", "上海泓辰精密機械有限公司", ""), "name_and_company"),
        (Known("王小明", "", "泓辰精密机械", ""), "sound_and_company"),
        (Known("王晓明", "", "北京别家有限公司", "+8613900000000"), "name"),
        (Known("王小明", "", "北京别家有限公司", ""), None),
        (Known("李雷", "", "泓辰精密机械", ""), None),
        (Known("", "", "", ""), None),
    ],
)
def test_the_strongest_sign_is_told(other, sign):
    assert likeness(HERE, other) == likeness(other, HERE) == sign


def test_two_people_without_phones_have_no_phone_in_common():
    assert likeness(Known("甲", "", "一", ""), Known("乙", "", "二", "")) is None


@pytest.mark.parametrize(("printed", "used", "keeps"), [(1, 0, True), (1, 1, False), (0, 0, False), (0, 1, False)])
def test_the_badge_on_the_chest_stays(printed, used, keeps):
    assert keeps_walk_ins_badge(walk_in_printed=bool(printed), registered_used=bool(used)) is keeps


def test_every_way_of_writing_finds_a_name():
    assert plain_han("單國嘉 尉遲 曾 OK") == "单国嘉 尉迟 曾 OK"
    assert finds("單", "单国嘉")
    assert finds("单", "單國嘉")
    assert finds("sgj", "單國嘉")
    assert finds("髮", "发")
    assert not finds("單", "曾东梅")


def test_the_table_for_tablets_is_pairs_of_one_character_each():
    pairs = traditional_pairs()
    assert len(pairs) > 6000
    assert len(pairs) % 2 == 0
    assert "單单" in pairs
