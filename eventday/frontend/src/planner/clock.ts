/** The time of day where the event is, whatever the clock of the planner's own machine is set to show. */
export function clock(element: HTMLElement): void {
  const form = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: element.dataset["zone"] ?? "UTC" });
  window.setInterval(() => (element.textContent = form.format(new Date())), 5000);
}
