/** A form that sends itself when a choice in it changes (its button stays for those without script). */
export function autosubmit(element: HTMLElement): void {
  element.addEventListener("change", () => (element as HTMLFormElement).requestSubmit());
}
