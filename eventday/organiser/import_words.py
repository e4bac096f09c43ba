"""What the pages of the import call things."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

KINDS = {
    "registrations": _l("Registrations"),
    "needs": _l("Needs"),
    "tables": _l("Hosts and tables"),
    "rounds": _l("Rounds"),
    "wishes": _l("Wishes"),
    "projects": _l("Past projects"),
}

FIELDS = {
    "company": _l("Company"),
    "delegate": _l("Delegate's name"),
    "credit_code": _l("Credit code"),
    "kind": _l("Kind of company"),
    "company_en": _l("Company in English"),
    "short_name": _l("Short name"),
    "district": _l("District or park"),
    "capabilities": _l("Products and capabilities"),
    "website": _l("Website"),
    "name_en": _l("Name in English"),
    "title": _l("Job title"),
    "phone": _l("Telephone"),
    "email": _l("E-mail"),
    "attendance": _l("On site or online"),
    "is_remote": _l("Online? (yes or no)"),
    "expected": _l("Expected arrival"),
    "role": _l("Role"),
    "receiver": _l("Received by"),
    "wish_list": _l("Hosts wished, in order"),
    "note": _l("Note"),
    "wish1": _l("First wish"),
    "wish2": _l("Second wish"),
    "wish3": _l("Third wish"),
    "wish4": _l("Fourth wish"),
    "wish5": _l("Fifth wish"),
    "score": _l("Score for the host in the header"),
    "number": _l("Number"),
    "description": _l("Description"),
    "keywords": _l("Keywords"),
    "department": _l("Department"),
    "host": _l("Host"),
    "host_en": _l("Host in English"),
    "title_en": _l("Name of the need in English"),
    "description_en": _l("Description in English"),
    "label": _l("Table"),
    "capacity": _l("Companies in each round"),
    "minimum": _l("Companies in each round, at least"),
    "room": _l("Room"),
    "room_en": _l("Room in English"),
    "group": _l("Group"),
    "aliases": _l("Other names of the host"),
    "video": _l("Video link"),
    "max_meetings": _l("Companies over the day, at most"),
    "round": _l("Round"),
    "start": _l("Start"),
    "end": _l("End"),
    "span": _l("Start and end in one cell"),
    "date": _l("Date"),
    "interest": _l("Interest, 0 to 5"),
    "rank": _l("Rank, 1 is first"),
    "host_interest": _l("The host's interest, 1 to 5"),
    "needs": _l("Needs meant"),
    "project": _l("Project"),
    "supplier": _l("Supplier"),
    "stage": _l("Stage"),
    "origin": _l("From which event"),
    "updated_on": _l("As of"),
    "amount": _l("Amount (not used)"),
    "serial": _l("Running number (not used)"),
    "ignored": _l("Not used"),
}
# The same column means something else in another kind of sheet.
FIELDS_OF = {("needs", "title"): _l("Name of the need"), ("rounds", "name_en"): _l("Round in English")}

WHY_ALIKE = {
    "same_code": _l("same credit code"),
    "same_core": _l("same name but for region or legal form"),
    "same_sound": _l("sound the same"),
    "one_letter": _l("one character apart"),
}

NOUNS = {
    "companies": _l("Companies"),
    "delegates": _l("Delegates"),
    "needs": _l("Needs"),
    "tables": _l("Tables"),
    "rounds": _l("Rounds"),
    "wishes": _l("Wishes"),
    "projects": _l("Projects"),
}


def field_words(kind: str | None, field: str | None) -> object:
    """What a field is called in a kind of sheet."""
    return FIELDS_OF.get((kind or "", field or "")) or FIELDS.get(field or "", field or "")
