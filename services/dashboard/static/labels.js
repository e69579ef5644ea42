// What codes are called, in the language of the page.

import { current, t } from "./language.js";
import { DIVISIONS, SECTIONS } from "./naf.js";
import { DEPARTEMENTS, HEADCOUNT_BANDS, REGIONS } from "./places.js";

const spoken = (pair) => pair?.[current() === "en" ? 1 : 0] ?? "";

/** « 62.01Z » or « 62 » → what its division does; empty for what is no NAF code. */
export const activityLabel = (code) => spoken(DIVISIONS[code.slice(0, 2)]);

export const sectionLabel = (code) => spoken(SECTIONS[code]);

export const bandLabel = (code) =>
  code in HEADCOUNT_BANDS ? HEADCOUNT_BANDS[code] || t(`headcount.${code}`) : code;

const whole = (code, name) => (name ? `${code} · ${name}` : code);

/** How one value of a targeting's field reads. */
export function targetLabel(field, value) {
  switch (field) {
    case "activities": return whole(value, activityLabel(value));
    case "sections": return `${t("form.section", { code: value })} · ${sectionLabel(value)}`;
    case "departements": return whole(value, DEPARTEMENTS[value]);
    case "regions": return REGIONS[value] ?? value;
    case "headcountBands": return bandLabel(value);
    case "seniorities": return t(`seniority.${value}`);
    default: return String(value);
  }
}

const options = (field, codes, extra = () => "") =>
  codes.map((value) => ({ field, value, label: targetLabel(field, value), words: extra(value) }));

/** Sections stand first: they are the broadest answer. */
export const activityOptions = () => [
  ...options("sections", Object.keys(SECTIONS)),
  ...options("activities", Object.keys(DIVISIONS).sort()),
];
export const departementOptions = () => options("departements", Object.keys(DEPARTEMENTS).sort());
export const regionOptions = () => options("regions", Object.keys(REGIONS));

/** Without case or accents, as the edge searches. */
export const plain = (text) =>
  text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
