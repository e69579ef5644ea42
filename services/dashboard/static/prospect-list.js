// One page of prospects, kept as the edge would answer it now, from what the stream tells.

import { plain } from "./labels.js";

export const LIMIT = 50;

const byId = (a, b) => (a.id < b.id ? -1 : 1);
const unscored = (p) => (p.score === null || p.score === undefined ? 1 : 0);
const ORDERS = {
  "-score": (a, b) => unscored(a) - unscored(b) || b.score - a.score || byId(a, b),
  score: (a, b) => unscored(a) - unscored(b) || a.score - b.score || byId(a, b),
  "-foundAt": (a, b) => compare(b.foundAt ?? "", a.foundAt ?? "") || byId(a, b),
  name: (a, b) => compare(plain(a.name), plain(b.name)) || byId(a, b),
};

const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

const searched = (p) =>
  plain([p.name, p.company, p.title, p.email, p.city, p.siren, p.website].join(" "));

/** Whether a prospect belongs to what was asked. */
export function fits(query, prospect) {
  if (prospect.status === "merged") return false;
  if (query.status && prospect.status !== query.status) return false;
  if (query.minScore && !(prospect.score >= query.minScore)) return false;
  const words = plain(query.q).split(/\s+/).filter(Boolean);
  return words.every((word) => searched(prospect).includes(word));
}

/**
 * The page once these prospects changed. On the first page newcomers take their place and the last
 * give way; on a later one only what is there changes, or rows would wander between pages.
 */
export function merged(query, { rows, more, total }, changes) {
  const first = query.page === 1;
  const there = new Set(rows.map((row) => row.id));
  const kept = rows.filter((row) => !changes.has(row.id));
  const updated = [...changes.values()]
    .filter((one) => fits(query, one) && (first || there.has(one.id)));
  const all = [...kept, ...updated].sort(ORDERS[query.sort]);
  return { rows: all.slice(0, LIMIT), more: more || all.length > LIMIT, total };
}

/** Whether something else than all prospects is asked. */
export const filtered = (query) => Boolean(query.status || query.minScore || query.q.trim());

/** The question as the edge takes it. */
export function address(campaignId, query) {
  const asked = new URLSearchParams({
    campaignId, sort: query.sort, limit: String(LIMIT), page: String(query.page),
  });
  if (filtered(query)) asked.set("total", "true");
  return `/api/prospects?${filters(asked, query)}`;
}

/** The same prospects, all pages of them, as a spreadsheet. */
export function csvAddress(campaignId, query) {
  const asked = filters(new URLSearchParams({ sort: query.sort }), query);
  return `/api/campaigns/${encodeURIComponent(campaignId)}/prospects.csv?${asked}`;
}

function filters(asked, query) {
  if (query.status) asked.set("status", query.status);
  if (query.minScore) asked.set("minScore", query.minScore);
  if (query.q.trim()) asked.set("q", query.q.trim());
  return asked;
}
