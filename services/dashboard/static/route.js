// Where the page is: `#/c/c-1?status=qualified&page=2` can be sent to somebody, and gone back to.

/** The view that an address names, and what is asked of it. */
export function parsed(hash) {
  const [path, asked = ""] = hash.replace(/^#/, "").split("?");
  const [, name = "", id = ""] = path.split("/").map(readable);
  return { name, id, asked: new URLSearchParams(asked) };
}

function readable(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export const NOTHING_ASKED = Object.freeze({ status: "", minScore: 0, q: "", sort: "-score", page: 1 });
const STATUSES = ["qualified", "scored", "found", "failed"];
const SORTS = ["-score", "score", "-foundAt", "name"];

/** What an address asks of a campaign's prospects; what it can't mean is as if it were not there. */
export function queryOf(asked) {
  const one = (name, known) => (known.includes(asked.get(name)) ? asked.get(name) : NOTHING_ASKED[name]);
  const whole = (name, least, most) =>
    Math.min(most, Math.max(least, Math.trunc(Number(asked.get(name))) || NOTHING_ASKED[name]));
  return {
    status: one("status", STATUSES), sort: one("sort", SORTS), q: (asked.get("q") ?? "").slice(0, 200),
    minScore: whole("minScore", 0, 100), page: whole("page", 1, 1_000_000),
  };
}

/** The address of a campaign with these filters; what is as usual is left out. */
export function campaignHash(id, query) {
  const asked = new URLSearchParams();
  for (const [name, usual] of Object.entries(NOTHING_ASKED)) {
    if (query[name] !== usual) asked.set(name, String(query[name]));
  }
  const words = asked.toString();
  return `#/c/${encodeURIComponent(id)}${words ? `?${words}` : ""}`;
}
