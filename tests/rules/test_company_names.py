import pytest

from eventday.rules.company_names import (
    LookAlike,
    NamedCompany,
    NameIndex,
    look_alikes,
    names_an_organisation,
    short_form,
    split_names,
)


def test_brackets_width_case_and_spaces_do_not_make_another_company():
    index = NameIndex()
    index.add(1, "核电运行研究（上海）有限公司", ["NPOR", "运行研究公司"])
    assert index.find("核电运行研究 (上海) 有限公司") == 1
    assert index.find("ｎｐｏｒ") == 1
    assert index.find("核电运行研究（北京）有限公司") is None


def test_a_full_name_beats_an_alias_of_somebody_else():
    index = NameIndex()
    index.add(1, "上海电气", [])
    index.add(2, "上海电气核电集团有限公司", ["上海电气"])
    assert index.find("上海电气") == 1


def test_an_alias_that_two_companies_claim_stands_for_neither():
    index = NameIndex()
    index.add(1, "甲设计院", ["设计院"])
    index.add(2, "乙设计院", ["设计院"])
    assert index.find("设计院") is None


def test_a_title_is_understood_by_the_longest_name_in_it():
    index = NameIndex()
    index.add(1, "上海电气集团", [])
    index.add(2, "上海电气集团核电公司", [])
    assert index.mentioned_in("2025年上海电气集团核电公司需求清单") == 2
    assert index.mentioned_in("需求清单") is None


def test_several_names_in_one_cell_are_told_apart_and_a_legal_form_stays_with_its_name():
    assert split_names("核电运行研究、运行研究公司，NPOR") == ["核电运行研究", "运行研究公司", "NPOR"]
    assert split_names("Foo Co., Ltd.; Bar Inc") == ["Foo Co., Ltd.", "Bar Inc"]


@pytest.mark.parametrize(
    "name", ["上海核工业第八研究所", "宝山区经济委员会", "Shanghai Electric Co., Ltd.", "云路公司"]
)
def test_names_of_organisations_read_like_such(name):
    assert names_an_organisation(name)


@pytest.mark.parametrize("text", ["应用场景需求清单", "王伟", "备注", "合作"])
def test_other_texts_do_not(text):
    assert not names_an_organisation(text)


@pytest.mark.parametrize(
    ("first", "second", "why"),
    [
        ("上海泓锋检测有限公司", "泓锋检测（上海）有限责任公司", "same_core"),
        ("上海電氣核電集團有限公司", "上海电气核电集团有限公司", "same_sound"),
        ("上海弘锋检测有限公司", "上海泓锋检测有限公司", "same_sound"),
        ("上海嘉维仪器仪表有限公司", "上海嘉维仪器仪有限公司", "one_letter"),
    ],
)
def test_close_names_look_alike(first, second, why):
    (pair,) = look_alikes([NamedCompany(first), NamedCompany(second)])
    assert {pair.first, pair.second} == {first, second}
    assert pair.why == why


def test_one_credit_code_under_two_names_looks_alike():
    one, other = NamedCompany("甲公司", "91310113MAHBW283AB"), NamedCompany("乙研究所", "91310113MAHBW283AB")
    assert look_alikes([one, other]) == [LookAlike("乙研究所", "甲公司", "same_code")]


def test_two_credit_codes_are_two_companies_however_close_their_names():
    one = NamedCompany("上海禾捷软件有限公司", "91310113MAC8X6DHEG")
    other = NamedCompany("上海沪捷软件有限公司", "91310113MALXAXH860")
    assert look_alikes([one, other]) == []


def test_thousands_of_unlike_names_are_compared_without_a_false_alarm():
    marks = "天地玄黄宇宙洪荒日月盈昃辰宿列张"
    names = [
        NamedCompany("上海" + a + b + c + "工程有限公司", f"{a}{b}{c}") for a in marks for b in marks for c in marks
    ]
    assert len(names) == 4096
    assert look_alikes(names) == []


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("上海恒星焊接设备有限公司", "恒星焊接设备"),
        ("核电运行研究（上海）有限公司", "核电运行研究"),
        ("ABB自动化（中国）有限公司", "ABB自动化"),
        ("上海有限公司", "上海有限公司"),
        ("Shanghai Precision Co., Ltd.", "Shanghai Precision Co., Ltd."),
    ],
)
def test_a_chinese_company_is_called_without_its_region_and_legal_form(name, short):
    assert short_form(name) == short
