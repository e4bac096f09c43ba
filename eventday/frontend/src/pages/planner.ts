// The planner's board; everything else on planner pages is staff.ts.
import { register, start } from "../shared/widgets";
import { board } from "../planner/board";

register("board", board);
start();
