// Everything that staff pages need: partial updates and the widgets, started once.
import "htmx.org";
import { noticePresses } from "../shared/pressed";
import { register, start } from "../shared/widgets";
import { autosubmit } from "../shared/autosubmit";
import { confirmFirst } from "../shared/confirm-first";
import { swapWhenLetGo } from "../shared/swaps";
import { currentTab } from "../organiser/current-tab";
import { leaveWarning } from "../organiser/leave-warning";
import { importProgress, sheetDrop } from "../organiser/import-files";

register("autosubmit", autosubmit);
register("confirm-first", confirmFirst);
register("leave-warning", leaveWarning);
register("current-tab", currentTab);
register("sheet-drop", sheetDrop);
register("import-progress", importProgress);

noticePresses();
swapWhenLetGo();
start();
document.addEventListener("htmx:after:swap", () => start());
