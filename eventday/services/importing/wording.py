"""Why something was not taken, as a sentence that says what to do. English here, Chinese in the catalogue."""

from __future__ import annotations

from flask_babel import gettext as _

from ...rules.errors import sentence
from ...sheets import Problem

FIELDS = {
    "company": sentence("company"),
    "delegate": sentence("delegate's name"),
    "host": sentence("host"),
    "label": sentence("table"),
    "round": sentence("round"),
    "start": sentence("start"),
    "title": sentence("name of the need"),
    "description": sentence("description"),
    "project": sentence("project"),
    "supplier": sentence("supplier"),
}

FILE_SENTENCES = {
    "empty": sentence("The file is empty. Check that the right file was chosen."),
    "truncated": sentence("The file is damaged or was cut off on its way. Send or save it again."),
    "damaged": sentence("The workbook cannot be read. Open it in Excel or WPS and save it again as .xlsx."),
    "encrypted": sentence("The file is protected by a password. Save it without a password and try again."),
    "old_excel": sentence("This is an old Excel file (.xls). Save it as .xlsx and try again."),
    "macros": sentence("The workbook holds macros. Save it as .xlsx, which leaves them out, and try again."),
    "not_a_workbook": sentence(
        "This is not an Excel workbook, whatever its name says. Save it as .xlsx and try again."
    ),
    "not_csv": sentence("This is not a text table, whatever its name says. Save it as .csv or .xlsx and try again."),
    "unknown_ending": sentence("%(ending)s files are not read. Save the sheet as .xlsx or .csv."),
    "document_type": sentence(
        "The workbook holds a document type declaration, which no spreadsheet program writes. It was not opened."
    ),
    "too_large": sentence("The file is larger than %(limit)s MB. Split it, or remove pictures from it."),
    "too_large_unpacked": sentence(
        "The workbook unpacks to far more than its size. It was not opened. Copy the table into a new workbook."
    ),
    "too_many_columns": sentence("A sheet has more than %(limit)s columns. Delete those that are not needed."),
    "too_many_rows": sentence("A sheet has more than %(limit)s rows. Split it into several files."),
    "too_many_cells": sentence("A sheet has more than %(limit)s cells. Copy the table alone into a new workbook."),
    "too_many_sheets": sentence("The workbook has more than %(limit)s sheets. Split it into several files."),
    "unknown_encoding": sentence("The text's encoding is unknown. Save the file as CSV UTF-8 or as .xlsx."),
    "csv_broken": sentence(
        "The text table breaks off at line %(line)s, probably for want of a closing quotation mark."
    ),
    "hidden_sheet": sentence("The sheet is hidden and was not read. Show it in Excel if it is needed."),
    "not_recognised": sentence("No header was recognised. Say by hand what the sheet and its columns are."),
    "columns_missing": sentence(
        "These columns were not found: %(columns)s. Name them in the header, or map them by hand."
    ),
}

ROW_SENTENCES = {
    "no_company": sentence("The row names no company."),
    "no_delegate": sentence("The row names no delegate."),
    "no_host": sentence("The row names no host."),
    "no_need_name": sentence("The row does not name the need."),
    "no_project_name": sentence("The row does not name the project."),
    "no_supplier": sentence("The row names no supplier."),
    "no_round_name": sentence("The row does not name the round."),
    "no_round_times": sentence("Start and end of the round are missing or unreadable. Write them as 14:30."),
    "round_ends_before_it_starts": sentence("The round ends at %(end)s, before it starts at %(start)s."),
    "company_not_registered": sentence(
        "%(name)s is not registered for this event. Register it first, then import this again."
    ),
    "unknown_host": sentence("No host goes by the name %(name)s. Add it as another name (简称/别名) of a host."),
    "not_a_host": sentence("%(name)s is known, but has neither a table nor a need at this event."),
    "wishes_for_itself": sentence("%(name)s wishes to meet itself."),
    "table_taken": sentence("Table %(label)s belongs to %(host)s already. Give this one another label."),
}

CELL_SENTENCES = {
    "formula": sentence("“%(column)s” holds a formula, which is not computed. Paste its value instead."),
    "error_value": sentence("“%(column)s” holds the error %(value)s."),
    "too_long": sentence("“%(column)s” is longer than %(limit)s characters: %(value)s"),
    "not_a_number": sentence("“%(column)s”: %(value)s is no whole number."),
    "out_of_range": sentence("“%(column)s”: %(value)s is not between %(least)s and %(most)s."),
    "not_a_date": sentence("“%(column)s”: %(value)s is no date. Write it as 2025-06-18."),
    "not_a_time": sentence("“%(column)s”: %(value)s is no time. Write it as 14:30."),
    "not_a_span": sentence("“%(column)s”: %(value)s is no span of time. Write it as 14:30-14:55."),
    "not_a_phone": sentence("“%(column)s”: %(value)s is no telephone number."),
    "not_an_email": sentence("“%(column)s”: %(value)s is no e-mail address."),
    "not_an_attendance": sentence("“%(column)s”: %(value)s says neither on site nor online."),
    "unknown_kind": sentence("“%(column)s”: %(value)s is no kind of company that is known here."),
    "unknown_role": sentence("“%(column)s”: %(value)s is no role that is known here."),
    "unknown_stage": sentence("“%(column)s”: %(value)s is no stage that is known here; taken as matched."),
    "credit_code_length": sentence("The credit code %(value)s does not have 18 characters."),
    "credit_code_letters": sentence("The credit code %(value)s holds characters that no credit code has."),
    "credit_code_check_digit": sentence("The credit code %(value)s is mistyped: its check digit does not fit."),
    "same_code_other_name": sentence("%(other)s has the credit code %(code)s of %(name)s; taken as the same company."),
    "two_codes_for_one_name": sentence("%(name)s has two credit codes, %(kept)s and %(code)s. The first was kept."),
    "alias_taken": sentence("%(alias)s is a name of %(owner)s already and was not given to %(name)s too."),
    "same_name_two_phones": sentence(
        "%(company)s has two delegates called %(name)s with different numbers; taken as two people."
    ),
    "receiver_unknown": sentence(
        "Nobody at this event, or more than one, is called %(name)s, who is to receive this guest."
    ),
    "unknown_need": sentence("%(host)s has no need %(name)s."),
    "capacity_unknown": sentence("How many companies table %(label)s takes is not told; taken as %(capacity)s."),
}

SENTENCES = {**FILE_SENTENCES, **ROW_SENTENCES, **CELL_SENTENCES}


def say_problem(problem: Problem) -> str:
    """The reason in the language at hand."""
    params = dict(problem.params)
    if "columns" in params:
        params["columns"] = _(", ").join(_(FIELDS.get(name, name)) for name in params["columns"].split(", "))
    return _(SENTENCES[problem.code], **{"column": "", **params})
