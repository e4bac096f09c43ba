// A badge on paper, 90 × 54 mm: put into the page for the printer alone, and taken out of it afterwards.

/** What POST /api/v1/badges tells. */
export interface Badge {
  name: string;
  name_en: string;
  title: string;
  company: string;
  company_en: string;
  event: string;
  code: string;
  qr_viewbox: string;
  qr_path: string;
}

const SVG = "http://www.w3.org/2000/svg";

export class Paper {
  readonly #place = document.getElementById("paper") as HTMLElement;

  /** Open the browser's print dialogue on this badge. */
  print(badge: Badge): void {
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("viewBox", badge.qr_viewbox);
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", badge.qr_path);
    path.setAttribute("fill-rule", "evenodd");
    svg.append(path);
    const words = document.createElement("div");
    for (const part of ["event", "name", "name_en", "title", "company", "company_en"] as const) {
      if (badge[part]) words.append(Object.assign(document.createElement("p"), { className: `paper__${part}`, textContent: badge[part] }));
    }
    const code = Object.assign(document.createElement("p"), { className: "paper__code", textContent: badge.code.replace(/(.{4})(?=.)/g, "$1 ") });
    words.append(code);
    this.#place.replaceChildren(words, svg);
    addEventListener("afterprint", () => this.#place.replaceChildren(), { once: true });
    print();
  }
}
