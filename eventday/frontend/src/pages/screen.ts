// The hall's screen: nobody touches it for hours.
import { register, start } from "../shared/widgets";
import { hall } from "../screen/hall";

register("hall", hall);
start();
navigator.serviceWorker?.register("/screen/offline.js").catch(() => undefined);
