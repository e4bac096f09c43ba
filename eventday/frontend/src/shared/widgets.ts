// One class or function per widget, bound by a data attribute, started from one place. Elements that htmx
// swaps in later are bound too.

export type Widget = (element: HTMLElement) => void;

const registry = new Map<string, Widget>();
const bound = new WeakMap<HTMLElement, Set<string>>();

/** Bind `widget` to every element that carries `data-widget="name"` (several names apart by spaces). */
export function register(name: string, widget: Widget): void {
  registry.set(name, widget);
}

/** Bind all registered widgets at and below `root`; each element once. */
export function start(root: ParentNode = document): void {
  for (const element of root.querySelectorAll<HTMLElement>("[data-widget]")) {
    const done = bound.get(element) ?? new Set<string>();
    bound.set(element, done);
    for (const name of (element.dataset["widget"] ?? "").split(/\s+/)) {
      if (done.has(name)) continue;
      done.add(name);
      registry.get(name)?.(element);
    }
  }
}
