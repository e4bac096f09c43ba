import { serveReader } from "../registration/badge-reader-thread";

serveReader(self as unknown as DedicatedWorkerGlobalScope);
