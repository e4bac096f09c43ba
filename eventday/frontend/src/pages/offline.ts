// Keeps what a phone or the hall's screen last saw, for when the network is away. The server always comes first.
import { serveOffline } from "../shared/offline";

serveOffline(self as unknown as ServiceWorkerGlobalScope);
