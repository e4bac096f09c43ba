// All that an attendee's page runs: it keeps itself up to date, and it works without network after the first visit.
import { noticePresses } from "../shared/pressed";
import { register, start } from "../shared/widgets";
import { bright } from "../attendee/bright";
import { day } from "../attendee/day";
import { forget } from "../attendee/forget";

register("bright", bright);
register("day", day);
register("forget", forget);
noticePresses();
start();

if ("serviceWorker" in navigator) {
  // WeChat's and private windows may refuse; the page works without.
  navigator.serviceWorker.register("/B/offline.js").catch(() => undefined);
}
