// Answers that htmx would put in place of a part of the page wait until nobody presses anything in that part.
import type { HtmxRequestCtx } from "htmx.org";
import { untilLetGo } from "./pressed";

/** Let every answer wait; once for a page. */
export function swapWhenLetGo(): void {
  document.addEventListener("htmx:before:request", (event) => {
    const ctx = event.detail.ctx as HtmxRequestCtx & { fetch: typeof fetch };
    const ask = ctx.fetch;
    ctx.fetch = async (...what) => {
      const answer = await ask(...what);
      await untilLetGo(ctx.target);
      return answer;
    };
  });
}
