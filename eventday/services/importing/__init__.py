"""From sheets to the database: what a row means among what is known already, in one transaction.

`running` leads; `companies`, `delegates`, `hosts`, `wishes` and `projects` each match one noun; `changes` counts and
lets a rehearsal run the same way; `wording` says in words what was not taken.
"""

from .report import Report
from .running import Rehearsal, import_sheets, rehearse_import
from .wording import say_problem

__all__ = ["Rehearsal", "Report", "import_sheets", "rehearse_import", "say_problem"]
