// Handing sheets in: files may be dropped, and a bar tells how far sending and reading are. Without script the
// forms work as forms do.

import { say } from "../shared/messages";

interface Progress {
  stage?: string;
  done?: number;
  total?: number;
}

/** A place to drop files on; what was chosen is listed. */
export function sheetDrop(form: HTMLElement): void {
  const area = part(form, "drop");
  const list = part(form, "list");
  const choose = part(form, "choose");
  const input = form.querySelector<HTMLInputElement>("input[type=file]");
  if (!area || !list || !choose || !input) return;
  const show = (): void => {
    list.replaceChildren(...[...(input.files ?? [])].map((file) => item(`${file.name} · ${readableSize(file.size)}`)));
  };
  // The browser's own button speaks the browser's language; ours speaks the page's.
  input.className = "visually-hidden";
  input.tabIndex = -1;
  choose.hidden = false;
  choose.addEventListener("click", () => input.click());
  for (const kind of ["dragenter", "dragover"]) {
    area.addEventListener(kind, (event) => {
      event.preventDefault();
      area.classList.add("drop--over");
    });
  }
  for (const kind of ["dragleave", "drop"]) area.addEventListener(kind, () => area.classList.remove("drop--over"));
  area.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer?.files.length) input.files = event.dataTransfer.files;
    show();
  });
  input.addEventListener("change", show);
}

/** A form whose answer takes a while: sends itself in the background and shows how far it is. */
export function importProgress(element: HTMLElement): void {
  const form = element as HTMLFormElement;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const button = event.submitter as HTMLButtonElement | null;
    send(form, button?.getAttribute("formaction") ?? form.action);
  });
}

function send(form: HTMLFormElement, address: string): void {
  const box = part(form, "progress");
  const bar = form.querySelector("progress");
  const stage = part(form, "stage");
  if (!box || !bar || !stage) return;
  const request = new XMLHttpRequest();
  const tell = (text: string, share?: number): void => {
    stage.textContent = text;
    if (share === undefined) bar.removeAttribute("value");
    else bar.value = share * 100;
  };
  const show = (refused: boolean): void => {
    bar.hidden = refused;
    stage.className = refused ? "notice notice--bad" : "soft small";
  };
  let sent = false; // and not answered yet: only then is there anything to ask for
  request.upload.addEventListener("progress", (event) => tell(say("uploading"), event.loaded / event.total));
  request.upload.addEventListener("load", () => {
    sent = true;
  });
  const timer = window.setInterval(() => {
    if (sent) void ask(form.dataset["progress"] ?? "", (text, share) => sent && tell(text, share));
  }, 700);
  const refuse = (why: string): void => {
    window.clearInterval(timer);
    sent = false;
    setBusy(form, false);
    tell(why);
    show(true);
  };
  request.addEventListener("load", () => {
    if (request.status < 400) {
      window.clearInterval(timer);
      window.location.assign(request.responseURL);
    } else refuse(refusal(request));
  });
  request.addEventListener("error", () => refuse(say("failed")));
  box.hidden = false;
  show(false);
  tell(say("uploading"));
  request.open("POST", address);
  request.setRequestHeader("Accept", "application/json");
  request.send(new FormData(form));
  setBusy(form, true);
}

async function ask(address: string, tell: (text: string, share?: number) => unknown): Promise<void> {
  try {
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    const progress = (answer.ok ? await answer.json() : {}) as Progress;
    const { stage, done = 0, total = 0 } = progress;
    if (stage) tell(say(stage, { done, total }), stage === "rows" && total && done < total ? done / total : undefined);
  } catch {
    // The next one may get through; the form's own answer decides.
  }
}

function refusal(request: XMLHttpRequest): string {
  try {
    return (JSON.parse(request.responseText) as { message?: string }).message ?? say("failed");
  } catch {
    const page = new DOMParser().parseFromString(request.responseText, "text/html");
    return page.querySelector("[role=alert]")?.textContent?.trim() || say("failed");
  }
}

function setBusy(form: HTMLFormElement, busy: boolean): void {
  form.setAttribute("aria-busy", String(busy));
  for (const button of form.querySelectorAll("button")) button.disabled = busy;
}

function part(root: ParentNode, name: string): HTMLElement | null {
  return root.querySelector<HTMLElement>(`[data-part="${name}"]`);
}

function item(text: string): HTMLLIElement {
  const line = document.createElement("li");
  line.textContent = text;
  return line;
}

/** 1,536 bytes as `2 kB`. */
export function readableSize(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
