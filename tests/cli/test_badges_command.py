"""`badges`: codes on standard output, badges in a file."""

from __future__ import annotations

import csv
import io

from eventday.models import db
from tests import builders
from tests.badges.reading import page_sizes, pdf_qr_texts, pdf_texts
from tests.live import command


def test_codes_come_as_csv_on_standard_output(settings, forum):
    done = command(settings, "badges", "forum", "--csv")
    assert done.returncode == 0, done.stderr
    header, *rows = csv.reader(io.StringIO(done.stdout))
    assert header == ["code", "delegate", "company", "kind", "role"]
    assert sorted(row[0] for row in rows) == sorted(forum.codes)
    assert ["尹磊国", "上海泓辰精密机械有限公司", "sme", "delegate"] in [row[1:] for row in rows]


def test_codes_come_as_utf_8_whatever_the_terminal_speaks(settings, forum):
    done = command(settings, "badges", "forum", "--csv", text=False, afresh=True, PYTHONIOENCODING="ascii", LC_ALL="C")
    assert "尹磊国" in done.stdout.decode("utf-8")


def test_the_pdf_holds_every_badge_in_the_layout_asked_for(settings, forum, tmp_path):
    file = tmp_path / "badges.pdf"
    done = command(settings, "badges", "forum", "-o", file, "--layout", "90x54")
    assert done.returncode == 0, done.stderr
    assert page_sizes(file.read_bytes()) == [(90, 54)] * 4
    assert "上海朗捷智能科技有限公司" in "".join(pdf_texts(file.read_bytes()))


def test_the_code_on_paper_leads_to_the_base_url(settings, forum, tmp_path):
    file = tmp_path / "badges.pdf"
    command(settings, "badges", "forum", "-o", file, "--search", "尹磊国", EVENTDAY_BASE_URL="https://day.example")
    assert pdf_qr_texts(file.read_bytes(), dpi=72) == [f"HTTPS://DAY.EXAMPLE/B/{forum.delegates[0].badge.code}"]


def test_a_name_the_fonts_lack_is_a_warning_and_the_rest_is_printed(settings, forum, tmp_path):
    forum.delegates[0].name = "กมล"
    db.session.commit()
    done = command(settings, "badges", "forum", "-o", tmp_path / "b.pdf")
    assert done.returncode == 0
    assert "กมล" in done.stderr
    assert (tmp_path / "b.pdf").exists()


def test_neither_a_file_nor_csv_is_wrong_usage(settings, forum):
    assert command(settings, "badges", "forum").returncode == 2
    assert command(settings, "badges", "forum", "-o", "x.pdf", "--layout", "a5").returncode == 2


def test_an_event_that_is_not_there_and_one_without_badges_say_so(settings, forum, tmp_path):
    missing = command(settings, "badges", "nowhere", "--csv")
    assert (missing.returncode, "nowhere" in missing.stderr) == (1, True)
    builders.small_forum("empty")
    none = command(settings, "badges", "empty", "-o", tmp_path / "b.pdf", "--search", "nobody here")
    assert (none.returncode, "no badge to print" in none.stderr) == (1, True)
    assert not (tmp_path / "b.pdf").exists()


def test_a_folder_that_is_missing_is_named(settings, forum, tmp_path):
    done = command(settings, "badges", "forum", "-o", tmp_path / "no" / "b.pdf")
    assert done.returncode == 1
    assert str(tmp_path / "no" / "b.pdf") in done.stderr
