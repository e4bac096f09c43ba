// Everything that staff pages need: partial updates and the widgets, started once.
import "htmx.org";
import { register, start } from "../shared/widgets";
import { autosubmit } from "../shared/autosubmit";
import { confirmFirst } from "../shared/confirm-first";
import { leaveWarning } from "../organiser/leave-warning";

register("autosubmit", autosubmit);
register("confirm-first", confirmFirst);
register("leave-warning", leaveWarning);

start();
document.addEventListener("htmx:after:swap", () => start());
