"""The certificate as one self-contained page to print, Chinese and English side by side."""

from __future__ import annotations

from html import escape
from typing import Any

GOALS = {
    "must": ("必谈兑现", "Promises kept", "越多越好", "more is better"),
    "fair": ("公平分布", "Fairness", "得 0、1、2… 场的企业数", "companies with 0, 1, 2, … wished meetings"),
    "floor": ("最低收获", "Floor", "收获最少的企业的意向分", "worth of the company that gets least"),
    "interest": ("总意向", "Interest", "越多越好", "more is better"),
    "gaps": ("空档轮次", "Gaps", "越少越好", "fewer is better"),
}
STYLE = """
@page { size: A4; margin: 15mm 18mm }
body { font: 11pt/1.5 "PingFang SC", "HarmonyOS Sans SC", "Microsoft YaHei", "Noto Sans SC", sans-serif;
       color: #1b1f23; max-width: 174mm; margin: 8mm auto; padding: 0 4mm; background: #fff }
h1 { font-size: 18pt; margin: 0 0 2mm; color: #0b4f55 }
h2 { font-size: 12pt; margin: 6mm 0 2mm; color: #0b4f55; break-after: avoid }
@media print { body { font-size: 9.5pt; margin: 0; padding: 0; max-width: none } tr { break-inside: avoid } }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; padding: .8mm 2mm; border-bottom: .2mm solid #c9d1d3; vertical-align: top }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums }
.goals td.n { min-width: 16mm }
.bar { background: #0b4f55; height: 3.2mm; display: inline-block; vertical-align: middle;
       print-color-adjust: exact; -webkit-print-color-adjust: exact }
small, .muted { color: #57636b }
code { font-size: 8.5pt; word-break: break-all }
.verdict { border: .4mm solid #0b4f55; padding: 2mm 3mm; margin: 4mm 0 }
.bad { border-color: #a3261b; color: #a3261b }
"""


def page(certificate: dict[str, Any]) -> str:
    """HTML of a certificate; needs no other file and no network."""
    name = escape(certificate["name"] or "—")
    return (
        '<!doctype html>\n<html lang="zh-Hans"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>公平证书 · Fairness certificate · {name}</title><style>{STYLE}</style></head><body>"
        f"<h1>公平证书 <small>Fairness certificate</small></h1><p>{name}</p>"
        + _verdict(certificate)
        + _goals(certificate)
        + _spread(certificate)
        + _worst(certificate)
        + _recheck(certificate)
        + "</body></html>\n"
    )


def _verdict(certificate: dict[str, Any]) -> str:
    verdict = certificate["verdict"]
    if verdict["ok"]:
        return '<p class="verdict">核验：方案不违反任何规则。 <small>Checked: the plan breaks no rule.</small></p>'
    rows = "".join(f"<li>{escape(each)}</li>" for each in verdict["violations"])
    told = "核验：方案违反规则。 <small>Checked: the plan breaks rules.</small>"
    return f'<div class="verdict bad">{told}<ul>{rows}</ul></div>'


def _goals(certificate: dict[str, Any]) -> str:
    rows = []
    for goal in certificate["goals"]:
        zh, en, zh_note, en_note = GOALS.get(goal["name"], (goal["name"], "", "", ""))
        proof = "已证明最优 <small>proven optimal</small>" if goal["proven"] else "未证明 <small>not proven</small>"
        rows.append(
            f"<tr><td>{zh} <small>{en}</small><br><small>{zh_note} · {en_note}</small></td>"
            f'<td class="n">{_tell(goal["value"])}</td><td class="n">{_tell(goal["bound"])}</td><td>{proof}</td></tr>'
        )
    return (
        '<h2>目标，按先后 <small>Goals, in strict order</small></h2><table class="goals">'
        "<tr><th>目标 <small>Goal</small></th>"
        '<th class="n">方案 <small>Plan</small></th><th class="n">界限 <small>Bound</small></th>'
        f"<th>证明 <small>Proof</small></th></tr>{''.join(rows)}</table>"
        '<p class="muted"><small>界限：在前面目标不变差的前提下，任何方案都达不到比它更好的值。'
        " No plan that does as well on the goals before can pass the bound.</small></p>"
    )


def _spread(certificate: dict[str, Any]) -> str:
    spread = certificate["spread"]
    most = max(spread, default=0) or 1
    rows = "".join(
        f'<tr><td class="n">{level}</td><td class="n">{count}</td>'
        f'<td style="width:70%"><span class="bar" style="width:{100 * count / most:.1f}%"></span></td></tr>'
        for level, count in enumerate(spread)
    )
    return (
        "<h2>意向对接场数的分布 <small>Wished meetings per company</small></h2><table>"
        '<tr><th class="n">场数 <small>Meetings</small></th>'
        '<th class="n">企业数 <small>Companies</small></th><th></th></tr>'
        f"{rows}</table>"
    )


def _worst(certificate: dict[str, Any]) -> str:
    worst, counts = certificate["worst_off"], certificate["counts"]
    names = "、".join(f"{escape(each['company'])}（{each['wishes']}）" for each in worst["first"])
    more = "…" if worst["companies"] > len(worst["first"]) else ""
    count, least = worst["companies"], worst["wished_meetings"]
    told = f"{_number(count, 'company', 'companies')} with {_number(least, 'wished meeting', 'wished meetings')} each"
    totals = f"{counts['wishes_met']} / {counts['wishes']}", f"{counts['promises_kept']} / {counts['promises']}"
    return (
        "<h2>收获最少的企业 <small>Worst off</small></h2>"
        f"<p>{count} 家企业各得 {least} 场 <small>({told}; in brackets: wishes)</small>：{names}{more}</p>"
        f"<p>意向 {totals[0]}；必谈 {totals[1]}；对接 {counts['meetings']} 场 "
        "<small>(wishes met, promises kept, meetings)</small></p>"
    )


def _recheck(certificate: dict[str, Any]) -> str:
    made = certificate["solver"], certificate["method"], f"seed {certificate['seed']}", certificate["status"]
    return (
        "<h2>如何复核 <small>How to check this</small></h2>"
        "<p><code>python -m solver check IN.json OUT.json --certificate CERT.json</code></p>"
        f"<p class='muted'><small>{escape(' · '.join(each for each in made if each))}</small><br>"
        f"<code>instance sha256 {certificate['instance_sha256']}</code><br>"
        f"<code>plan sha256 {certificate['plan_sha256']}</code></p>"
    )


def _number(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def _tell(value: Any) -> str:
    return " / ".join(map(str, value)) if isinstance(value, list) else str(value)
