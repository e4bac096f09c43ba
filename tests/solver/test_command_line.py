"""The command line: what it writes, and its exit codes 0 to 4."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from solver.cli import main
from solver.cli.files import dump
from solver.solution import Unmet

from .days import day, lock


@pytest.fixture
def write(tmp_path):
    def write_file(document, name="in.json"):
        path = tmp_path / name
        path.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
        return str(path)

    return write_file


@pytest.fixture
def out(tmp_path):
    return str(tmp_path / "out.json")


def read(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def test_solve_writes_a_solution_that_check_passes(write, out, capsys):
    source = write(day(rounds=2, tables=2, companies=3))
    assert main(["solve", source, "-o", out]) == 0
    found = read(out)
    assert found["schema"] == "eventday.solution/1"
    assert found["status"] == "optimal"
    assert [goal["name"] for goal in found["goals"]] == ["must", "fair", "interest", "gaps"]
    assert all(goal["proven"] for goal in found["goals"])
    assert set(found) >= {"assignments", "unmet", "moves", "problems", "seconds", "seed", "solver"}
    assert main(["check", source, out]) == 0
    assert json.loads(capsys.readouterr().out)["ok"] is True


def test_check_ends_with_1_on_a_violation_and_names_it(write, capsys):
    source = write(day(rounds=1, tables=1, companies=2))
    plan = {"schema": "eventday.solution/1", "assignments": [lock("c1", "t1", "r1"), lock("c2", "t1", "r1")]}
    assert main(["check", source, write(plan, "plan.json")]) == 1
    assert json.loads(capsys.readouterr().out)["violations"][0]["rule"] == "capacity"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("{", "line 1"),
        ('{"schema": "x", "schema": "y"}', "twice"),
        ('{"schema": NaN}', "NaN"),
        ("[" * 100_000, "nested"),
        (day(colour="red"), "$.colour"),
        (day(locks=[lock("c1", "t1", "r9")]), "$.locks[0].round"),
    ],
)
def test_bad_input_ends_with_2_and_names_file_and_place(write, out, capsys, content, told):
    source = write(content)
    assert main(["solve", source, "-o", out]) == 2
    error = capsys.readouterr().err
    assert source in error
    assert told in error


def test_a_missing_file_or_a_wrong_goal_ends_with_2(write, out):
    assert main(["solve", "nowhere.json", "-o", out]) == 2
    with pytest.raises(SystemExit) as ended:
        main(["solve", write(day()), "-o", out, "--objective", "must,luck"])
    assert ended.value.code == 2


def test_a_place_that_cannot_be_written_is_told_before_the_search(write, tmp_path, capsys):
    source = write(day())
    for command in (["solve", source], ["repair", source, source], ["certificate", source, source]):
        with pytest.raises(SystemExit) as ended:
            main([*command, "-o", str(tmp_path / "nowhere" / "out.json")])
        assert ended.value.code == 2
        assert "nowhere" in capsys.readouterr().err
    with pytest.raises(SystemExit) as ended:
        main(["certificate", source, source, "-o", str(tmp_path / "page.html")])
    assert ended.value.code == 2


def test_an_impossible_day_ends_with_3_and_the_file_says_why(write, out):
    source = write(day(rounds=1, tables=1, companies=[{"id": "c1", "min_meetings": 2}]))
    assert main(["solve", source, "-o", out]) == 3
    found = read(out)
    assert found["status"] == "infeasible"
    assert found["problems"][0]["reason"] == "company_min"
    assert found["problems"][0]["zh"]


def test_no_plan_in_the_time_given_ends_with_4(write, out):
    """Minima and kept-apart companies that no quick method satisfies, and hardly any time."""
    companies = [{"id": f"c{n}", "seats": 1 + n % 3, "min_meetings": 2} for n in range(60)]
    tables = [{"id": f"t{n}", "host": f"h{n}", "capacity": 7, "min": 5} for n in range(6)]
    apart = [[f"c{a}", f"c{b}"] for a in range(60) for b in range(a + 1, min(60, a + 12))]
    source = write(day(4, tables, companies, apart=apart))
    assert main(["solve", source, "-o", out, "--seconds", "0.001"]) == 4
    assert read(out)["status"] == "unknown"


def test_progress_is_json_lines_on_standard_error(write, out, capsys):
    assert main(["solve", write(day()), "-o", out, "--progress"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert {"goal", "value", "bound", "seconds"} == set(lines[-1])
    assert {line["goal"] for line in lines} == {"must", "fair", "interest", "gaps"}


def test_repair_explain_and_certificate_go_from_file_to_file(write, out, tmp_path, capsys):
    document = day(rounds=2, tables=1, companies=3)
    source = write(document)
    assert main(["solve", source, "-o", out]) == 0
    capsys.readouterr()
    waiting = ({"c1", "c2", "c3"} - {each["company"] for each in read(out)["assignments"]}).pop()
    assert main(["explain", source, out, "--company", waiting, "--host", "h1"]) == 0
    assert json.loads(capsys.readouterr().out)["explanations"][0]["reason"] == "full"
    assert main(["explain", source, out, "--company", "c9"]) == 2

    certificate = str(tmp_path / "certificate.json")
    assert main(["certificate", source, out, "-o", certificate]) == 0
    assert "公平证书" in (tmp_path / "certificate.html").read_text(encoding="utf-8")
    assert main(["check", source, out, "--certificate", certificate]) == 0

    document["companies"][0]["rounds"] = []
    mended, offers = str(tmp_path / "mended.json"), str(tmp_path / "offers.json")
    now = write(document, "now.json")
    assert main(["repair", now, out, "-o", mended]) == 0
    assert main(["check", now, mended]) == 0
    assert main(["repair", now, out, "-o", mended, "--max-moves", "1"]) == 0
    capsys.readouterr()
    assert main(["repair", now, out, "-o", offers, "--pareto", "--progress"]) == 0
    assert json.loads(capsys.readouterr().err.splitlines()[0])["proposals"] == 1
    assert read(offers)["proposals"][0]["schema"] == "eventday.solution/1"


def test_an_exported_event_with_its_plan_inside_is_read_as_both(write, out):
    document = day()
    source = write(document)
    assert main(["solve", source, "-o", out]) == 0
    both = write(document | {"solution": read(out)}, "both.json")
    assert main(["check", both, both]) == 0


def test_it_runs_as_a_module(write, out):
    ended = subprocess.run([sys.executable, "-m", "solver", "solve", write(day()), "-o", out], check=False)
    assert ended.returncode == 0


def test_a_file_has_a_line_for_each_row_and_its_texts_as_they_are():
    odd = ["}, {", '"}, {"x', "[{", "\\", "东湖"]
    rows = [{"id": text, "to": {"a": text}} for text in odd]
    for document in (
        {"flat": rows[:2]},
        {"rows": rows, "none": []},
        {"deep": [{"in": rows}, {"in": [[text] for text in odd]}]},
    ):
        written = dump(document)
        assert json.loads(written) == document
        assert len(written.splitlines()) == 1 + len(next(iter(document.values()))) + (len(document) - 1)
    named = [Unmet(odd[0], odd[1], *odd[2:]), Unmet(*reversed(odd))]
    written = dump({"named": named, "rows": rows})
    assert written == dump({"named": [row._asdict() for row in named], "rows": rows})
