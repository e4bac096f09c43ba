"""Files that are broken, locked, disguised or meant to harm: each gets a clear refusal, and the rest goes on."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
import xlsxwriter

from eventday.sheets import SheetFile, read_files
from eventday.sheets.grid import MAX_COLUMNS, MAX_FILE_BYTES, MAX_ROWS

from ..sheet_writing import csv_bytes, workbook

DAY = date(2025, 6, 18)
ROWS = [["企业名称", "姓名", "备注"], ["甲公司", "王伟", "x"]]
GOOD = SheetFile("good.csv", csv_bytes(ROWS))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def refusal(name, data):
    """The one reason for which a file is refused, while a good one beside it is read."""
    reading = read_files([SheetFile(name, data), GOOD], day=DAY)
    assert [row.delegate for row in reading.registrations] == ["王伟"]
    (problem,) = reading.rejected
    assert problem.place.file == name
    return problem.code


def changed(data, *, without=(), **parts):
    """A workbook with parts of its archive replaced or left out."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in without:
                new.writestr(name, parts.pop(name, None) or old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return buffer.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("leer.xlsx", b"", "empty"),
        ("leer.csv", b"", "empty"),
        ("blank.csv", b" \r\n \r\n", "empty"),
        ("alt.xls", OLE, "old_excel"),
        ("alt.xlsx", OLE, "old_excel"),
        ("locked.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        ("text.xlsx", csv_bytes(ROWS), "not_a_workbook"),
        ("page.xlsx", b"<html><table><tr><td>1</td></tr></table></html>", "not_a_workbook"),
        ("book.csv", workbook({"s": ROWS}), "not_csv"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n" + bytes(50), "not_csv"),
        ("nul.csv", b"a,b\x00c\n", "not_csv"),
        ("macro.xlsm", workbook({"s": ROWS}), "macros"),
        ("paper.pdf", b"%PDF-1.7", "unknown_ending"),
        ("noending", b"a,b", "unknown_ending"),
        ("big.csv", b"a" * (MAX_FILE_BYTES + 1), "too_large"),
        ("archive.xlsx", changed(workbook({"s": ROWS}), without=["xl/workbook.xml"]), "not_a_workbook"),
        ("hidden-macro.xlsx", changed(workbook({"s": ROWS}), **{"xl/vbaProject.bin": b"x"}), "macros"),
        ("garbled.xlsx", changed(workbook({"s": ROWS}), **{SHEET: b"<worksheet><sheetData><row>"}), "damaged"),
        ("half.csv", b"\xff\xfe\xff", "unknown_encoding"),
    ],
)
def test_what_is_no_sheet_is_refused_for_its_own_reason(name, data, code):
    assert refusal(name, data) == code


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_a_workbook_cut_off_on_its_way_is_refused(share):
    data = workbook({"s": [["企业名称", "姓名"], *[[f"甲{n}公司", "王伟"] for n in range(500)]]})
    assert refusal("cut.xlsx", data[: int(len(data) * share)]) == "truncated"


def test_a_damaged_piece_inside_a_workbook_is_noticed():
    data = bytearray(workbook({"s": [["企业名称", "姓名"], *[[f"甲{n}公司", "王伟"] for n in range(500)]]}))
    data[len(data) // 3 : len(data) // 3 + 40] = bytes(40)
    assert refusal("bits.xlsx", bytes(data)) in {"truncated", "damaged"}


def test_a_zip_bomb_is_not_unpacked():
    bomb = changed(workbook({"s": ROWS}), **{SHEET: b"<worksheet>" + b" " * (130 * 1024 * 1024)})
    assert len(bomb) < 300_000
    assert refusal("bomb.xlsx", bomb) == "too_large_unpacked"


def test_a_bomb_that_lies_about_its_size_is_found_out():
    bomb = bytearray(changed(workbook({"s": ROWS}), **{"xl/media/x.xml": b" " * (60 * 1024 * 1024)}))
    true_size = (60 * 1024 * 1024).to_bytes(4, "little")
    while (at := bytes(bomb).find(true_size)) >= 0:
        bomb[at : at + 4] = (1000).to_bytes(4, "little")
    assert refusal("liar.xlsx", bytes(bomb)) in {"too_large_unpacked", "truncated", "damaged"}


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
    ],
)
def test_entities_are_never_expanded(declaration):
    with zipfile.ZipFile(io.BytesIO(workbook({"s": ROWS}))) as archive:
        strings, sheet = archive.read("xl/sharedStrings.xml").decode(), archive.read(SHEET).decode()
    for part, xml in (("xl/sharedStrings.xml", strings), (SHEET, sheet)):
        head, body = xml.split("?>", 1)
        data = changed(workbook({"s": ROWS}), **{part: f"{head}?>{declaration}{body}"})
        assert refusal("entity.xlsx", data) == "document_type"


def test_a_million_columns_are_refused_in_both_formats():
    row = "<row r='1'>" + "".join(f"<c><v>{n * 7919 % 999983}</v></c>" for n in range(1_000_000)) + "</row>"
    xml = f"<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData>{row}</sheetData></worksheet>"
    assert refusal("wide.xlsx", changed(workbook({"s": ROWS}), **{SHEET: xml})) == "too_many_columns"
    assert refusal("wide.csv", b",".join([b"a"] * 1_000_000)) == "too_many_columns"
    assert refusal("blank.csv", b"," * 1_000_000) == "too_many_columns"


def test_a_cell_far_to_the_right_is_refused_but_an_empty_one_is_not():
    assert refusal("far.xlsx", workbook({"s": [[*ROWS[0], *[None] * MAX_COLUMNS, "x"]]})) == "too_many_columns"
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(ROWS):
            sheet.write_row(number, 0, row)
        sheet.write_blank(0, 16_000, None, book.add_format({"bold": True}))
    reading = read_files([SheetFile("styled.xlsx", buffer.getvalue())], day=DAY)
    assert (len(reading.registrations), reading.rejected) == (1, [])


def test_more_rows_than_any_forum_has_are_refused():
    assert refusal("long.csv", b"a,b\n" * (MAX_ROWS + 1)) == "too_many_rows"


def test_a_single_cell_at_the_end_of_a_sheet_costs_no_more_than_it_holds():
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(ROWS):
            sheet.write_row(number, 0, row)
        sheet.write(1_048_575, 0, "注：末行")
    assert refusal("deep.xlsx", buffer.getvalue()) == "too_many_rows"


def test_a_formula_is_never_computed_and_never_taken():
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["企业名称", "姓名", "职务"])
        sheet.write_row(1, 0, ["甲公司", "王伟"])
        sheet.write_formula(1, 2, '=HYPERLINK("http://127.0.0.1/","x")', None, "总经理")
        sheet.write_formula(2, 0, "=A2", None, "甲公司")
        sheet.write(2, 1, "李娜")
    reading = read_files([SheetFile("formula.xlsx", buffer.getvalue())], day=DAY)
    assert [(row.delegate, row.title) for row in reading.registrations] == [("王伟", "")]
    assert [problem.code for problem in (*reading.warnings, *reading.rejected)] == ["formula", "formula"]


def test_a_formula_in_a_text_file_is_not_taken_either():
    reading = read_files([SheetFile("a.csv", csv_bytes([ROWS[0], ["甲公司", "=cmd|' /C calc'!A0", ""]]))], day=DAY)
    assert (reading.registrations, [problem.code for problem in reading.rejected]) == ([], ["formula"])


def test_a_quotation_mark_that_never_closes_is_told_or_survived():
    reading = read_files([SheetFile("a.csv", '企业名称,姓名\n"甲公司,王伟\n'.encode() + b"x" * 200_000)], day=DAY)
    assert [problem.code for problem in reading.rejected] == ["csv_broken"]


def test_an_error_value_is_a_blank_with_a_warning():
    reading = read_files(
        [SheetFile("a.csv", csv_bytes([["企业名称", "姓名", "职务"], ["甲公司", "王伟", "#N/A"]]))], day=DAY
    )
    assert reading.registrations[0].title == ""
    assert [problem.code for problem in reading.warnings] == ["error_value"]


def test_a_text_that_is_too_long_for_a_name_refuses_the_row():
    reading = read_files([SheetFile("a.csv", csv_bytes([ROWS[0], ["甲" * 201, "王伟", ""]]))], day=DAY)
    assert [problem.code for problem in reading.rejected] == ["too_long"]
