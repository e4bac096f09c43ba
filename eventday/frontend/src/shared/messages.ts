// Sentences for scripts come from the server with the page, so that there is one catalogue. A template writes
// <script type="application/json" id="messages">{{ {...}|tojson }}</script>.

let table: Record<string, string> | undefined;

function read(): Record<string, string> {
  const block = document.getElementById("messages");
  return block ? (JSON.parse(block.textContent ?? "{}") as Record<string, string>) : {};
}

/** The sentence `key` in the page's language, with `{name}` replaced from `values`. */
export function say(key: string, values: Record<string, string | number> = {}): string {
  table ??= read();
  const sentence = table[key] ?? key;
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ""));
}
