// Where the page begins: who is here, which view, and the stream behind it all.

import { get, onSignedOut, post, waitFor } from "./api.js";
import { campaignForm } from "./campaign-form.js";
import { campaignPage } from "./campaign.js";
import { forgetDraft } from "./draft.js";
import { suggest, t } from "./language.js";
import { apply, refresh } from "./live.js";
import { notice } from "./notices.js";
import { shell } from "./shell.js";
import { signIn } from "./signin.js";
import { changed, forget, newestFirst, state } from "./store.js";
import { openStream } from "./stream.js";
import { welcome } from "./welcome.js";

const root = document.getElementById("page");
let frame = null;
let view = null;
let closeStream = null;
let began = null;
let renewal = 0;

/** How long the page waits for the stream before it shows what REST has, in milliseconds. */
const PATIENCE = 1500;
const ASKED_AGAIN = 3000;
const RENEWED_EVERY = 15 * 60_000;

function door(ended = false) {
  leaveAll();
  forget();
  const page = signIn({ entered, ended, relabel: () => door(ended) });
  root.replaceChildren(page.element);
  document.title = `${t("login.title")} · Filon`;
  page.focus();
}

function leaveAll() {
  view?.stop?.();
  frame?.stop();
  closeStream?.();
  clearInterval(renewal);
  view = frame = closeStream = began = null;
}

/** The stream first: what REST answers then reaches at least to where the stream begins. */
async function entered(user) {
  state.user = user;
  suggest(user.language);
  const begun = new Promise((begin) => (began = begin));
  closeStream = openStream({ heard, stateChanged, unwelcome });
  renewal = setInterval(() => post("/api/auth/refresh").catch(() => {}), RENEWED_EVERY);
  await Promise.race([begun, new Promise((late) => setTimeout(late, PATIENCE))]);
  await reload();
  draw();
}

/** What REST could not say now is asked again. */
async function reload() {
  try {
    await refresh();
  } catch (problem) {
    if (state.user) setTimeout(() => state.user && reload(), ASKED_AGAIN);
    if (frame && state.connection === "live") notice(problem.message, "bad");
  }
}

function heard(message) {
  const { type, cursor } = message;
  if (cursor) waitFor(cursor);
  if (type === "RESET" || (type === "READY" && began)) {
    if (type === "RESET" || frame) reload();
    began?.();
    began = null;
  } else {
    apply(message);
  }
}

function stateChanged(connection) {
  const back = connection === "live" && state.connection === "waiting";
  state.connection = connection;
  changed("connection");
  if (back && frame) reload(); // figures are told live only: what was missed is not told again
}

const unwelcome = () => get("/api/auth/me").catch(() => {});

function draw() {
  if (!state.user) return;
  frame?.stop();
  frame = shell({ leave, relabel });
  root.replaceChildren(frame.element);
  route();
}

/** In the other language: what the server says is heard in that one, and read again once it is. */
function relabel() {
  closeStream();
  began = () => {};
  closeStream = openStream({ heard, stateChanged, unwelcome });
  draw();
}

async function leave() {
  await post("/api/auth/logout").catch(() => {});
  forgetDraft();
  door();
}

function route() {
  if (!frame) return;
  view?.stop?.();
  const [, name, id] = location.hash.split("/").map(decodeURIComponent);
  const newest = newestFirst()[0];
  if (name === "new") view = campaignForm();
  else if (name === "c" && id) view = campaignPage(id);
  else view = newest && !isNarrow() ? campaignPage(newest.id) : welcome(Boolean(newest));
  const selected = name === "c" ? id : name === "new" || isNarrow() ? null : newest?.id ?? null;
  frame.show(view.element, { isHome: !name && Boolean(newest), selected });
  document.title = view.title ? `${view.title} · Filon` : "Filon";
}

const isNarrow = () => matchMedia("(max-width: 760px)").matches;

addEventListener("hashchange", () => {
  route();
  scrollTo(0, 0);
  document.getElementById("main").focus({ preventScroll: true });
});
onSignedOut(() => {
  if (state.user) door(true);
});

get("/api/auth/me").then((answer) => entered(answer.user ?? answer), (problem) => {
  door();
  if (problem.status !== 401) notice(problem.message, "bad");
});
