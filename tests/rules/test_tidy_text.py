import pytest

from eventday.rules.tidy_text import fold, tidy, tidy_lines


@pytest.mark.parametrize(
    ("pasted", "meant"),
    [
        ("尹　磊国", "尹磊国"),
        (" 上海申创复合材料有限公司\u00a0", "上海申创复合材料有限公司"),
        ("核电运行研究 （上海） 有限公司", "核电运行研究（上海）有限公司"),
        ("Ａｎｎａ　Ｌｉ", "Anna Li"),
        ("\ufeffBob\u200b  Smith\t", "Bob Smith"),
        ("１９０", "190"),
        ("王\u202e伟\x00", "王伟"),
        ("3 台设备", "3 台设备"),
        ("䶮 㛃", "䶮㛃"),
        ("", ""),
    ],
)
def test_stray_spaces_and_unseen_marks_go_and_the_rest_stays(pasted, meant):
    assert tidy(pasted) == meant


def test_tidying_twice_changes_nothing_more():
    text = "　Ａ１ 有限　公司（ 上海 ）\u200d"
    assert tidy(tidy(text)) == tidy(text)


def test_a_longer_text_keeps_its_lines_but_no_blank_ones():
    assert tidy_lines("一、 寿命 \r\n\r\n二、精度　高") == "一、寿命\n二、精度高"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("核电运行研究（上海）有限公司", "核电运行研究(上海)有限公司"),
        ("Co., Ltd.", "CO LTD"),
        ("ＡＢＣ公司", "abc公司"),
    ],
)
def test_two_spellings_of_one_name_fold_to_the_same(one, other):
    assert fold(one) == fold(other)
