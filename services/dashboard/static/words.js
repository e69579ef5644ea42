// The texts of both languages, from the catalogue that the server speaks from too.

const read = async (language) => (await fetch(new URL(`./words.${language}.json`, import.meta.url))).json();
const [fr, en] = await Promise.all([read("fr"), read("en")]);
const WORDS = { fr, en };

/**
 * The words for a key; without any, the key itself. A text is a string, or `[counter, one, other]`
 * where the parameter named `counter` chooses between singular and plural.
 */
export function words(language, key, params) {
  const entry = WORDS[language][key];
  if (entry === undefined) return key;
  const text = typeof entry === "string" ? entry : counted(language, entry, params);
  return text.replace(/\{(\w+)(?::(\w+))?\}/g, (_, name, format) => spell(language, params[name], format));
}

const counted = (language, [counter, one, other], params) =>
  new Intl.PluralRules(language).select(params[counter] ?? 0) === "one" ? one : other;

const spell = (language, value, format) =>
  format === "number" && typeof value === "number"
    ? new Intl.NumberFormat(language).format(value)
    : String(value ?? "");

/** The codes that have words under `prefix`. */
export const codesUnder = (prefix) =>
  Object.keys(fr).filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
