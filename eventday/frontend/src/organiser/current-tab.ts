/** On a phone the row of tabs is longer than the screen: the one that is open is brought into view. */
export function currentTab(row: HTMLElement): void {
  const open = row.querySelector<HTMLElement>("[aria-current]");
  if (open) row.scrollLeft = open.offsetLeft - (row.clientWidth - open.offsetWidth) / 2;
}
