"""What a name is found by on a tablet: its pinyin, syllable by syllable, with surnames read as surnames.

pypinyin reads characters by their commonest sound; as surnames some are read otherwise. Two-character surnames are
one word. The tablet gets the syllables and makes initials and joined forms of them itself.
"""

from __future__ import annotations

from functools import lru_cache

from .tidy_text import tidy

# 百家姓 readings that differ from the commonest sound of the character, simplified and traditional.
SURNAMES = {
    "单": "shan",
    "單": "shan",
    "曾": "zeng",
    "仇": "qiu",
    "解": "xie",
    "查": "zha",
    "区": "ou",
    "區": "ou",
    "朴": "piao",
    "盖": "ge",
    "蓋": "ge",
    "乐": "yue",
    "樂": "yue",
    "任": "ren",
    "华": "hua",
    "華": "hua",
    "翟": "zhai",
    "缪": "miao",
    "繆": "miao",
    "种": "chong",
    "秘": "bi",
    "冼": "xian",
    "折": "she",
    "员": "yun",
    "員": "yun",
    "盛": "sheng",
    "晟": "cheng",
    "葛": "ge",
    "谌": "chen",
    "諶": "chen",
    "洗": "xian",
    "黑": "he",
    "召": "shao",
    "燕": "yan",
    "纪": "ji",
    "紀": "ji",
    "宁": "ning",
    "寧": "ning",
    "牟": "mu",
    "尹": "yin",
    "郗": "xi",
    "逄": "pang",
    "訾": "zi",
    "车": "che",
    "車": "che",
    "哈": "ha",
    "隗": "wei",
    "祭": "zhai",
    "贲": "ben",
    "那": "na",
    "能": "nai",
    "占": "zhan",
    "佴": "nai",
    "阚": "kan",
    "闞": "kan",
    "令": "ling",
    "尉迟": "yu chi",
    "尉遲": "yu chi",
    "万俟": "mo qi",
    "萬俟": "mo qi",
    "单于": "chan yu",
    "單于": "chan yu",
    "长孙": "zhang sun",
    "長孫": "zhang sun",
    "澹台": "tan tai",
    "澹臺": "tan tai",
    "皇甫": "huang fu",
    "令狐": "ling hu",
    "宇文": "yu wen",
    "鲜于": "xian yu",
    "鮮于": "xian yu",
    "乐正": "yue zheng",
}


@lru_cache(maxsize=32768)
def syllables(name: str) -> str:
    """The name's pinyin, syllables apart by spaces: `尉迟文` is `yu chi wen`. Latin names are their words."""
    name = tidy(name)
    for length in (2, 1):
        surname = SURNAMES.get(name[:length])
        if surname and len(name) > length:
            return f"{surname} {_read(name[length:])}"
    return _read(name)


def _read(text: str) -> str:
    from pypinyin import Style, lazy_pinyin  # 56 MB: only for processes that read names aloud

    parts = lazy_pinyin(text, style=Style.NORMAL, errors=lambda other: other)
    return " ".join(" ".join(parts).lower().split())
