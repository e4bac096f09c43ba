/** A form that has been changed and not sent asks before the page is left, so that nothing typed is lost. */
export function leaveWarning(element: HTMLElement): void {
  let changed = element.querySelector("[aria-invalid=true]") !== null;
  element.addEventListener("input", () => (changed = true));
  element.addEventListener("submit", () => (changed = false));
  window.addEventListener("beforeunload", (event) => {
    if (changed) event.preventDefault();
  });
}
