// The planner's board; everything else on planner pages is staff.ts.
import { noticePresses } from "../shared/pressed";
import { register, start } from "../shared/widgets";
import { board } from "../planner/board";
import { clock } from "../planner/clock";

register("board", board);
register("clock", clock);
noticePresses();
start();
