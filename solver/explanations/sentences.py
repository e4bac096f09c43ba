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


def sentences(company: str, host: str, reason: str, holders: Sequence[Holder], swap: Swap | None) -> tuple[str, str]:
    """Why the two do not meet, who holds the seats, and what granting it would cost."""
    if reason == "met":
        return f"{company} 与 {host} 已安排对接。", f"{company} meets {host}."
    zh = [f"{company} 未能与 {host} 对接：{ZH[reason]}。"]
    en = [f"{company} does not meet {host}: {REASONS[reason]}."]
    if holders and reason in ("full", "host_limit"):
        names = ", ".join(dict.fromkeys(holder.company for holder in holders))
        weakest = min(holders, key=lambda holder: (-holder.wished_meetings, holder.worth))
        who, worth, count = weakest.company, weakest.worth, weakest.wished_meetings
        zh.append(f"座位上是：{names}。其中最可让出的是 {who}（意向 {worth}，共 {count} 场）。")
        en.append(f"The seats are held by {names}.")
        en.append(f"The least urgent of them is {who} (worth {worth}, {count} wished meetings in all).")
    if swap is not None:
        zh.append(_cost_zh(swap))
        en.append(_cost_en(swap))
    return "".join(zh), " ".join(en)


def _cost_zh(swap: Swap) -> str:
    moved = f"需改动 {len(swap.moves)} 个已有安排"
    if swap.free:
        return f"可以同样好地安排，{moved}。"
    first = "最省的方案" if swap.proven else "找到的最省方案"
    costs = "；".join(f"{GOAL_ZH[name]} {_tell(b)} → {_tell(a)}" for name, b, a in _changed(swap))
    return f"{first}：{moved}，代价 {costs}。"


def _cost_en(swap: Swap) -> str:
    moved = "1 seat changes" if len(swap.moves) == 1 else f"{len(swap.moves)} seats change"
    if swap.free:
        return f"A plan that grants it is just as good: {moved}."
    first = "The cheapest plan that grants it" if swap.proven else "The cheapest plan found that grants it"
    costs = "; ".join(f"{name} {_tell(b)} → {_tell(a)}" for name, b, a in _changed(swap))
    return f"{first}: {moved}, at the cost of {costs}."


def _changed(swap: Swap) -> list[tuple[str, Value, Value]]:
    return [
        (name, swap.before[name], swap.after[name]) for name in swap.before if swap.before[name] != swap.after[name]
    ]


def _tell(value: Value) -> str:
    return "/".join(map(str, value)) if isinstance(value, tuple) else str(value)
