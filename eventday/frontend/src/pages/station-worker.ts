import { serveStation } from "../registration/worker";

serveStation(self as unknown as ServiceWorkerGlobalScope & { SHELL: string[]; VERSION: string });
