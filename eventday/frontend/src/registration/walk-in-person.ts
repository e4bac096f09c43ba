// Somebody registered here, as the roster shows them until the server has given them a number.
import type { Person, Standing, WalkIn } from "./kept";

/** A person with a number below zero, in the company with the number `company`. Pinyin comes with the server's. */
export function provisional(walkIn: WalkIn, company: number, standing: Standing): Person {
  return {
    ...standing, id: -Date.now(), name: walkIn.name, name_en: "", pinyin: "", title: walkIn.title, role: "delegate", kind: "sme",
    company: walkIn.company, company_label: walkIn.company, company_pinyin: "", company_id: company,
    remote: false, walk_in: true, gone: false, badges: [], revoked: [],
  };
}
