/** A form or button that asks `data-question` before it acts. */
export function confirmFirst(element: HTMLElement): void {
  const kind = element instanceof HTMLFormElement ? "submit" : "click";
  element.addEventListener(kind, (event) => {
    if (!window.confirm(element.dataset["question"] ?? "?")) event.preventDefault();
  });
}
