// The station app.
import { startStation } from "../registration/app";
import { noticePresses } from "../shared/pressed";

const worker = document.getElementById("station")?.dataset["worker"];
// Without HTTPS there is no worker; the app works all the same as long as its page is open.
if (worker && "serviceWorker" in navigator) navigator.serviceWorker.register(worker, { scope: "/station" }).catch(() => undefined);
noticePresses();
void startStation();
