// French or English: which one, and how it writes words, numbers and dates.

import { TEXTS } from "./texts.js";

const KEPT = "filon.language";
const LANGUAGES = ["fr", "en"];

let chosen = kept();
let language = chosen ?? ofBrowser();
document.documentElement.lang = language;

function kept() {
  try {
    const value = localStorage.getItem(KEPT);
    return LANGUAGES.includes(value) ? value : null;
  } catch {
    return null; // storage is switched off in this browser
  }
}

function ofBrowser() {
  const spoken = (navigator.languages ?? [navigator.language]).map((tag) => tag.slice(0, 2));
  return spoken.find((tag) => LANGUAGES.includes(tag)) ?? "fr";
}

export const current = () => language;

/** A person's own choice, kept for the next visit. */
export function choose(wanted) {
  chosen = wanted;
  speak(wanted);
  try {
    localStorage.setItem(KEPT, wanted);
  } catch {
    // the choice lasts as long as the page
  }
}

/** The organisation's language, unless the person chose one. */
export function suggest(wanted) {
  if (!chosen && LANGUAGES.includes(wanted)) speak(wanted);
}

function speak(wanted) {
  language = wanted;
  document.documentElement.lang = wanted;
}

/** The words for a key; `{name}` stands for a parameter, and `n` chooses singular or plural. */
export function t(key, params = {}) {
  const entry = TEXTS[key];
  if (!entry) return key;
  let text = entry[language === "en" ? 1 : 0];
  if (Array.isArray(text)) text = text[plural(params.n ?? 0)];
  return typeset(text.replace(/\{(\w+)\}/g, (_, name) => spell(params[name])));
}

/** French spaces that must not break: before : ; ? ! % » and after «. */
export const typeset = (text) => text.replace(/ (?=[:;?!%»])|(?<=«) /g, "\u00a0");

const plural = (n) => (new Intl.PluralRules(language).select(n) === "one" ? 0 : 1);
const spell = (value) => (typeof value === "number" ? number(value) : String(value ?? ""));

export const number = (value) => new Intl.NumberFormat(language).format(value);
export const percent = (share) =>
  new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 }).format(share);

export function day(iso) {
  return new Intl.DateTimeFormat(language, { dateStyle: "medium" }).format(new Date(iso));
}

export function instant(iso) {
  const style = { dateStyle: "medium", timeStyle: "short" };
  return new Intl.DateTimeFormat(language, style).format(new Date(iso));
}

export function list(words) {
  return new Intl.ListFormat(language, { type: "unit" }).format(words);
}
