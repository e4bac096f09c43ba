"""The answer in words, Chinese and English."""

from __future__ import annotations

from collections.abc import Sequence

from solver.explanations.explanation import REASONS, Holder, Swap
from solver.solution import Value

ZH = {
    "never": "双方被禁止对接",
    "no_table": "该主办方没有开放的对接桌",
    "too_big": "企业所需座位超过该主办方任何一桌",
    "absent": "企业到场的轮次里该主办方没有开放的桌",
    "company_limit": "企业的对接场数已达上限",
    "host_limit": "该主办方的对接场数已达上限",
    "busy": "该主办方有空位的轮次里，企业都坐在别处",
    "full": "企业可坐的座位都已有人",
    "apart": "有空位的桌上坐着须与其分开的企业",
    "open": "有空位，但没有目标要求安排，或搜索未及找到",
    "met": "双方已安排对接",
    "not_wished": "未申报意向，且不允许安排无意向的对接",
}
GOAL_ZH = {"must": "必谈", "fair": "公平", "floor": "最低收获", "interest": "总意向", "gaps": "空档"}


CLAIMS_ZH = {
    "held": "已经开谈",
    "locked": "座位已锁定",
    "must": "已约定必谈",
    "fair": "让出则更不公平",
    "interest": "意向更高",
    "equal": "理由相当",
    "weaker": "单论此座理由较弱",
}
CLAIMS_EN = {
    "held": "has taken place",
    "locked": "locked there",
    "must": "promised it",
    "fair": "less fair without it",
    "interest": "wished it more",
    "equal": "as good a claim",
    "weaker": "a weaker claim by itself",
}
STANDS = ("held", "locked")
NAMED = 6
"""Names listed of one kind; the rest are counted."""


SEARCH_ZH = {
    "cheapest": "是否有改动更少的方案尚不确定。",
    "impossible": "在现行规则下，任何方案都无法安排。",
    "none": "未找到可以安排的方案。",
}
SEARCH_EN = {
    "cheapest": "Whether fewer changes would do is not known.",
    "impossible": "No plan grants it while the rules stay as they are.",
    "none": "No plan that grants it was found.",
}


def sentences(
    company: str,
    host: str,
    reason: str,
    holders: Sequence[Holder],
    swap: Swap | None,
    search: str,
    out_of_time: bool,
) -> tuple[str, str]:
    """Why the two do not meet, who holds the seats and by what claim, and what granting it would cost."""
    if reason == "met":
        return f"{company} 与 {host} 已安排对接。", f"{company} meets {host}."
    zh = [f"{company} 未能与 {host} 对接：{ZH[reason]}。"]
    en = [f"{company} does not meet {host}: {REASONS[reason]}."]
    if holders:
        tell = {"busy": _elsewhere, "apart": _foes}.get(reason, _claims)
        for told, more in zip((zh, en), tell(company, holders), strict=True):
            told += more
    if swap is not None:
        zh.append(_cost_zh(swap, search))
        en.append(_cost_en(swap, search))
    if search in SEARCH_EN:
        zh.append(SEARCH_ZH[search])
        en.append(SEARCH_EN[search])
    if out_of_time:
        zh.append("搜索因时间用尽而未完成。")
        en.append("Time ran out before the search was done.")
    return "".join(zh), " ".join(en)


def _elsewhere(company: str, holders: Sequence[Holder]) -> tuple[list[str], list[str]]:
    seats = "、".join(f"{each.round} 在 {each.table}" for each in holders)
    places = ", ".join(f"in {each.round} at {each.table}" for each in holders)
    return [f"{company} 的座位：{seats}。"], [f"{company} sits {places}."]


def _foes(company: str, holders: Sequence[Holder]) -> tuple[list[str], list[str]]:
    seats = "、".join(f"{each.company}（{each.round}，{each.table}）" for each in holders)
    places = ", ".join(f"{each.company} (in {each.round} at {each.table})" for each in holders)
    return [f"须与 {company} 分开的是：{seats}。"], [f"{company} is kept apart from {places}."]


def _claims(company: str, holders: Sequence[Holder]) -> tuple[list[str], list[str]]:
    """Everybody by the strength of their claim, then who could be asked first, if anybody."""
    by_claim: dict[str, list[str]] = {claim: [] for claim in CLAIMS_EN}
    for holder in holders:
        by_claim[holder.claim].append(holder.company)
    groups = [(claim, list(dict.fromkeys(names))) for claim, names in by_claim.items() if names]
    zh = ["座位上是：" + "；".join(f"{_names_zh(names)}（{CLAIMS_ZH[claim]}）" for claim, names in groups) + "。"]
    en = ["The seats are held by " + "; ".join(f"{_names_en(n)} ({CLAIMS_EN[claim]})" for claim, n in groups) + "."]
    movable = [holder for holder in holders if holder.claim not in STANDS]
    if not movable:
        return [*zh, "这些座位都不能让出。"], [*en, "None of these seats can be given up."]
    order = list(CLAIMS_EN)
    weakest = max(movable, key=lambda each: (order.index(each.claim), each.wished_meetings, -each.worth))
    who, worth, count = weakest.company, weakest.worth, weakest.wished_meetings
    zh.append(f"其中最可让出的是 {who}（意向 {worth}，共 {count} 场）。")
    en.append(f"The least urgent of them is {who} (worth {worth}, {count} wished meetings in all).")
    return zh, en


def _names_zh(names: Sequence[str]) -> str:
    return "、".join(names[:NAMED]) + (f"等 {len(names)} 家" if len(names) > NAMED else "")


def _names_en(names: Sequence[str]) -> str:
    return ", ".join(names[:NAMED]) + (f" and {len(names) - NAMED} more" if len(names) > NAMED else "")


def _cost_zh(swap: Swap, search: str) -> str:
    moved = f"需改动 {len(swap.moves)} 个已有安排"
    if swap.free:
        return f"可以同样好地安排，{moved}。"
    first = "最省的方案" if search != "found" else "找到的最省方案"
    costs = "；".join(f"{GOAL_ZH[name]} {_tell(b)} → {_tell(a)}" for name, b, a in _changed(swap))
    return f"{first}：{moved}，代价 {costs}。"


def _cost_en(swap: Swap, search: str) -> str:
    moved = "1 seat changes" if len(swap.moves) == 1 else f"{len(swap.moves)} seats change"
    if swap.free:
        return f"A plan that grants it is just as good: {moved}."
    first = "The cheapest plan that grants it" if search != "found" else "The cheapest plan found that grants it"
    costs = "; ".join(f"{name} {_tell(b)} → {_tell(a)}" for name, b, a in _changed(swap))
    return f"{first}: {moved}, at the cost of {costs}."


def _changed(swap: Swap) -> list[tuple[str, Value, Value]]:
    return [
        (name, swap.before[name], swap.after[name]) for name in swap.before if swap.before[name] != swap.after[name]
    ]


def _tell(value: Value) -> str:
    return "/".join(map(str, value)) if isinstance(value, tuple) else str(value)
