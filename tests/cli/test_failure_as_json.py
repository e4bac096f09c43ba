"""Scripts that ask for JSON read one object from standard output, also where nothing could be done."""

import json

import pytest

from tests import live as live_tools


@pytest.mark.parametrize(
    "command", [["import", "nowhere", "sheet.csv"], ["plan", "nowhere"], ["device", "add", "nowhere", "North gate"]]
)
def test_a_failure_is_one_object_on_standard_output_and_a_sentence_on_standard_error(settings, command):
    done = live_tools.command(settings, *command, "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout) == {"error": "There is no event called nowhere."}
    assert done.stderr.strip() == "There is no event called nowhere."


def test_a_terminal_in_chinese_is_told_in_chinese(settings):
    done = live_tools.command(settings, "plan", "nowhere", LC_ALL="zh_CN.UTF-8")
    assert (done.returncode, done.stderr.strip()) == (1, "没有名为 nowhere 的活动。")
    done = live_tools.command(
        settings, "event", "create", "autumn", "--name", "秋", "--date", "2026-11-28", LC_ALL="zh_CN.UTF-8"
    )
    assert (done.returncode, done.stdout.strip()) == (0, "已创建活动 autumn")
