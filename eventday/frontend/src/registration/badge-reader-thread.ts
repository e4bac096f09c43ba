// The thread that reads codes: it is told where its WebAssembly is, then looks at one picture after the other.
import { hereReader, type Asked, type Looked } from "./badge-reader";

/** Answer in `scope`, the thread, whatever the page asks. */
export function serveReader(scope: DedicatedWorkerGlobalScope): void {
  let reader: ReturnType<typeof hereReader> | undefined;
  scope.onmessage = async ({ data }: MessageEvent<Asked>) => {
    if ("wasm" in data) {
      reader = hereReader(data.wasm);
      return;
    }
    const { number, picture } = data;
    let looked: Looked = { number, texts: [], failed: true };
    try {
      looked = { number, texts: await reader!.read(picture), failed: false };
    } catch {
      // A picture that cannot be looked at; the page decides what that means.
    }
    if ("close" in picture) picture.close();
    scope.postMessage(looked);
  };
}
