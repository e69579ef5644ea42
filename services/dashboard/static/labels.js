// What codes are called, in the language of the page.

import { t } from "./language.js";
import { DEPARTEMENTS, HEADCOUNT_BANDS, REGIONS } from "./places.js";
import { codesUnder } from "./words.js";

const SECTIONS = codesUnder("naf.section.").sort();
const SECTIONS_2025 = codesUnder("naf.section2025.").sort();
const DIVISIONS = codesUnder("naf.division.").sort();

/** « 62.01Z » or « 62 » → what its division does; empty for what is no NAF code. */
export const activityLabel = (code) =>
  DIVISIONS.includes(code.slice(0, 2)) ? t(`naf.division.${code.slice(0, 2)}`) : "";

const sectionLabel = (code) => t(`naf.section.${code}`);

export const bandLabel = (code) =>
  code in HEADCOUNT_BANDS ? HEADCOUNT_BANDS[code] || t(`headcount.${code}`) : code;

const whole = (code, name) => (name ? `${code} · ${name}` : code);

/** How one value of a targeting's field reads. */
export function targetLabel(field, value) {
  switch (field) {
    case "activities": return whole(value, activityLabel(value));
    case "sections": return `${t("form.section", { code: value })} · ${sectionLabel(value)}`;
    case "sections2025": return `${t("form.section2025", { code: value })} · ${t(`naf.section2025.${value}`)}`;
    case "departements": return whole(value, DEPARTEMENTS[value]);
    case "regions": return REGIONS[value] ?? value;
    case "headcountBands": return bandLabel(value);
    case "seniorities": return t(`seniority.${value}`);
    default: return String(value);
  }
}

/** @param {(code: string) => string} [extra] further words that find a code */
const options = (field, codes, extra = () => "") =>
  codes.map((value) => ({ field, value, label: targetLabel(field, value), words: extra(value) }));

/** Sections stand first: they are the broadest answer. */
export const activityOptions = () => [
  ...options("sections", SECTIONS),
  ...options("sections2025", SECTIONS_2025),
  ...options("activities", DIVISIONS),
];
export const departementOptions = () => options("departements", Object.keys(DEPARTEMENTS).sort());
export const regionOptions = () => options("regions", Object.keys(REGIONS));

/** Without case or accents, as the edge searches. */
export const plain = (text) =>
  text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
