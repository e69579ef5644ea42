// French or English: which one, and how it writes words, numbers and dates.

import { words } from "./words.js";

/** The cookie that tells the server too: its sentences come in the language that was chosen. */
const CHOICE = "filon_language";
const ONE_YEAR = 365 * 24 * 3600;
const LANGUAGES = ["fr", "en"];

let chosen = kept();
let language = chosen ?? ofBrowser();
document.documentElement.lang = language;

function kept() {
  const value = document.cookie.match(`(?:^|; )${CHOICE}=(\\w+)`)?.[1];
  return LANGUAGES.includes(value) ? value : null;
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
  document.cookie = `${CHOICE}=${wanted}; Path=/; Max-Age=${ONE_YEAR}; SameSite=Lax`;
}

/** The organisation's language, unless the person chose one. */
export function suggest(wanted) {
  if (!chosen && LANGUAGES.includes(wanted)) speak(wanted);
}

function speak(wanted) {
  language = wanted;
  document.documentElement.lang = wanted;
}

/** The words for a key, its `{parameters}` filled in. */
export const t = (key, params = {}) => words(language, key, params);

export const number = (value) => new Intl.NumberFormat(language).format(value);
export const percent = (share) =>
  new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 }).format(share);

export function day(iso) {
  return new Intl.DateTimeFormat(language, { dateStyle: "medium" }).format(new Date(iso));
}

export function instant(iso) {
  const style = /** @type {const} */ ({ dateStyle: "medium", timeStyle: "short" });
  return new Intl.DateTimeFormat(language, style).format(new Date(iso));
}

export function list(words) {
  return new Intl.ListFormat(language, { type: "unit" }).format(words);
}
