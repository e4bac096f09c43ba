"""What if: one more table, one more round, shorter rounds. Solved beside the drafts; made real only when adopted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from ...models import Event, ForumTable, Plan, Round, db
from ...rules.board import Seat
from ...rules.errors import Invalid
from .. import audit
from ..forum import events
from .drafts import objective_of, solve_document
from .ids import host_id, number, round_id, seats_of, table_id, write_seats
from .instance import event_instance

MOST_EXTRA = 8


def changed_document(event: Event, changes: dict[str, Any]) -> dict[str, Any]:
    """The event's question with `changes`: `{"tables": [{"host", "capacity"}], "rounds": n, "minutes": m}`.

    `tables` are added, `rounds` of the length of the last one are appended after its usual break, `minutes` shortens or
    lengthens every round. Raises Invalid for what cannot be.
    """
    document = event_instance(event)
    rounds = [{"id": each["id"], "start": each["start"], "end": each["end"]} for each in document["rounds"]]
    old_ids = [each["id"] for each in rounds]
    extra = _count(changes.get("rounds", 0), "rounds")
    if minutes := changes.get("minutes"):
        rounds = _resized(rounds, _count(minutes, "minutes", most=240))
    for index in range(extra):
        rounds.append(_following(rounds, f"r+{index + 1}"))
    new_ids = [each["id"] for each in rounds[len(old_ids) :]]
    tables = [_open_in(each, new_ids, old_ids) for each in document["tables"]]
    companies = [_open_in(each, new_ids, old_ids) for each in document["companies"]]
    known = {each["id"] for each in document["hosts"]}
    for index, table in enumerate(changes.get("tables", ())):
        if table["host"] not in known:
            raise Invalid("Choose a host that receives at the forum.", field="host")
        capacity = _count(table["capacity"], "capacity", most=1000)
        every = [*old_ids, *new_ids]
        tables.append({"id": f"t+{index + 1}", "host": table["host"], "capacity": capacity, "rounds": every})
    return document | {"rounds": rounds, "tables": tables, "companies": companies}


def _count(value: Any, field: str, most: int = MOST_EXTRA) -> int:
    if not isinstance(value, int) or not 0 <= value <= most:
        raise Invalid("Give a whole number from 0 to %(most)s.", field=field, most=most)
    return value


def _open_in(entry: dict[str, Any], new: list[str], old: list[str]) -> dict[str, Any]:
    """Whoever is there in the last round is taken to be there in those after it."""
    stays = not old or old[-1] in entry["rounds"]
    return entry | {"rounds": [*entry["rounds"], *(new if stays else ())]}


def _resized(rounds: list[dict[str, str]], minutes: int) -> list[dict[str, str]]:
    """Every round `minutes` long; the breaks between them stay as they are."""
    shift, resized = timedelta(0), []
    for each in rounds:
        start, end = datetime.fromisoformat(each["start"]), datetime.fromisoformat(each["end"])
        begin = start + shift
        finish = begin + timedelta(minutes=minutes)
        shift += finish - begin - (end - start)
        resized.append({"id": each["id"], "start": begin.isoformat(), "end": finish.isoformat()})
    return resized


def _following(rounds: list[dict[str, str]], identifier: str) -> dict[str, str]:
    times = [(datetime.fromisoformat(each["start"]), datetime.fromisoformat(each["end"])) for each in rounds]
    length = times[-1][1] - times[-1][0]
    pause = times[-1][0] - times[-2][1] if len(times) > 1 else timedelta(minutes=5)
    start = times[-1][1] + max(pause, timedelta(0))
    return {"id": identifier, "start": start.isoformat(), "end": (start + length).isoformat()}


def try_out(
    event: Event,
    changes: dict[str, Any],
    *,
    name: str,
    now: datetime,
    actor: str,
    seconds: float,
    progress: Callable[[Any], None] | None = None,
    cancel: Callable[[], bool] | None = None,
) -> tuple[Plan | None, dict[str, Any]]:
    """Solve the changed question and keep the answer as a scenario; None when it has no plan."""
    document, event_id, goals = changed_document(event, changes), event.id, objective_of(event)
    answer = solve_document(document, goals, seconds=seconds, progress=progress, cancel=cancel)
    if answer["status"] not in ("optimal", "feasible"):
        return None, answer
    plan = Plan(
        event_id=event_id,
        name=name[:80],
        state="scenario",
        instance=document,
        solution=answer,
        changes=changes,
        created_at=now,
        created_by=actor,
    )
    db.session.add(plan)
    db.session.flush()
    audit.record(at=now, actor=actor, action="plan.scenario", event_id=event_id, target=f"plan {plan.id}")
    db.session.commit()
    return plan, answer


def adopt(event: Event, plan: Plan, *, now: datetime, actor: str) -> Plan:
    """Make a scenario real: its tables and rounds are created, its times set. Other drafts stay.

    Raises Invalid when the event's rounds or tables were changed so that it no longer fits.
    """
    if plan.state != "scenario":
        raise Invalid("Only a scenario can be adopted.")
    seats = seats_of(plan)
    renamed = _create_rounds(event, plan) | _create_tables(event, plan)
    document = event_instance(event)
    real = [Seat(each.company, renamed[each.table], renamed[each.round]) for each in seats]
    draft = Plan(
        event_id=event.id,
        name=plan.name,
        based_on_id=plan.id,
        instance=document,
        solution=plan.solution | {"assignments": [each._asdict() for each in real]},
        created_at=now,
        created_by=actor,
    )
    db.session.add(draft)
    db.session.flush()
    write_seats(draft, real)
    plan.state = "discarded"
    events.settle(event, "plan.adopt", f"plan {draft.id}", now=now, actor=actor)
    return draft


def _create_rounds(event: Event, plan: Plan) -> dict[str, str]:
    """Real ids of the scenario's rounds; their times are set."""
    real = {round_id(each.id): each for each in event.rounds}
    names = {}
    for position, entry in enumerate(plan.instance["rounds"], start=1):
        start, end = datetime.fromisoformat(entry["start"]), datetime.fromisoformat(entry["end"])
        row = real.get(entry["id"])
        if row is None and "+" not in entry["id"]:
            raise Invalid("A round of this scenario does not exist any more. Try the scenario again.")
        if row is None:
            row = Round(event_id=event.id, name=f"第{position}轮（新增）", name_en=f"Round {position} (added)")
            event.rounds.append(row)
        row.start, row.end = start, end
        db.session.flush()
        names[entry["id"]] = round_id(row.id)
    return names


def _create_tables(event: Event, plan: Plan) -> dict[str, str]:
    real = {table_id(each.id): each for each in db.session.query(ForumTable).filter_by(event_id=event.id)}
    labels = {each.label for each in real.values()}
    names = {}
    for entry in plan.instance["tables"]:
        if entry["id"] in real:
            names[entry["id"]] = entry["id"]
            continue
        if "+" not in entry["id"]:
            raise Invalid("A table of this scenario does not exist any more. Try the scenario again.")
        label = next(f"T{n}" for n in range(1, 10_000) if f"T{n}" not in labels)
        labels.add(label)
        row = ForumTable(event_id=event.id, host_id=number(entry["host"]), label=label, capacity=int(entry["capacity"]))
        db.session.add(row)
        db.session.flush()
        names[entry["id"]] = table_id(row.id)
    return names


def hosts_for_choice(event: Event) -> list[tuple[str, str]]:
    """(id, name) of the hosts that another table could be given to."""
    rows = db.session.query(ForumTable).filter_by(event_id=event.id).order_by(ForumTable.id)
    return list({host_id(row.host_id): row.host.label for row in rows}.items())
