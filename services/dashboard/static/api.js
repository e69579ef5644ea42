// REST: JSON in and out, the session cookie alone, problems as one kind of error.

import { t } from "./language.js";

/** What the edge refused, and why: `errors` names the fields. */
export class Problem extends Error {
  /**
   * @param {number} status 0 where nothing answered
   * @param {{detail?: string, title?: string, errors?: {field: string, message: string}[]}} [body]
   */
  constructor(status, { detail, title, errors } = {}) {
    super(detail || title || t(status ? "error.unknown" : "error.network"));
    this.status = status;
    this.errors = Array.isArray(errors) ? errors : [];
  }
}

let signedOut = () => {};
let after = null;

/** Called whenever the edge says that nobody is signed in. */
export const onSignedOut = (heard) => (signedOut = heard);

/**
 * Reads from now on wait until the read models hold everything up to this cursor: what the stream
 * has told is never taken back by an answer that is older.
 */
export const waitFor = (cursor) => (after = cursor);

const seconds = (header) => Math.min(Number(header) || 1, 5);

async function send(method, path, body, retried = false) {
  const headers = { Accept: "application/json" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (method === "GET" && after) headers["Filon-After"] = after;
  const answer = await reach(path, {
    method, headers, body: body === undefined ? undefined : JSON.stringify(body),
    cache: "no-store", credentials: "same-origin",
  });
  const waits = headers["Filon-After"] && (answer.status === 503 || answer.status === 409);
  if (waits && !retried) {
    if (answer.status === 409) after = null; // the log was restored: that cursor means nothing
    else await new Promise((done) => setTimeout(done, 1000 * seconds(answer.headers.get("Retry-After"))));
    return send(method, path, body, true);
  }
  if (method !== "GET") after ??= answer.headers.get("Filon-Cursor");
  return answer;
}

async function reach(path, request) {
  try {
    return await fetch(path, request);
  } catch {
    throw new Problem(0);
  }
}

async function read(answer) {
  const body = await answer.json().catch(() => ({}));
  if (answer.ok) return body;
  throw refusal(answer.status, body);
}

/** The error for a refused request; a session that ended leads back to signing in. */
export function refusal(status, body) {
  if (status === 401) signedOut();
  return new Problem(status, body);
}

export const get = async (path) => read(await send("GET", path));
export const post = async (path, body) => read(await send("POST", path, body));

export const patch = async (path, body) => read(await send("PATCH", path, body));
export const remove = async (path) => read(await send("DELETE", path));

/** One page of a list, whether there is a next one, and where it was asked how many fit in all. */
export async function page(path) {
  const answer = await send("GET", path);
  const rows = await read(answer);
  const total = answer.headers.get("Filon-Total");
  return { rows, more: /rel="?next"?/.test(answer.headers.get("Link") ?? ""), total: total && Number(total) };
}
