// Where the page begins: who is here, which view, and the stream behind it all.

import { get, onSignedOut, post, waitFor } from "./api.js";
import { campaignForm } from "./campaign-form.js";
import { campaignPage } from "./campaign.js";
import { forgetDraft } from "./draft.js";
import { suggest, t } from "./language.js";
import { apply, refresh } from "./live.js";
import { notice } from "./notices.js";
import { accountPage } from "./account.js";
import { peoplePage } from "./people.js";
import { mayManage } from "./rights.js";
import { campaignHash, parsed, queryOf } from "./route.js";
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

/** Another session in this one's place: that the old one ended is not to be heard. */
async function renewed(work) {
  closeStream();
  try {
    await work();
  } finally {
    began = () => {};
    if (state.user) closeStream = openStream({ heard, stateChanged, unwelcome });
  }
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

const VIEWS = {
  new: () => campaignForm(),
  me: () => accountPage({ renewed }),
  people: () => (mayManage() ? peoplePage({ relabel }) : null),
};

function route() {
  if (!frame) return;
  view?.stop?.();
  const { name, id, asked } = parsed(location.hash);
  const campaign = name === "c" ? id : !name && !narrow.matches ? newestFirst()[0]?.id : null;
  view = VIEWS[name]?.() ?? (campaign ? campaignView(campaign, asked) : welcome(state.campaigns.size > 0));
  frame.show(view.element, { isHome: !name && state.campaigns.size > 0, selected: campaign, name });
  document.title = view.title ? `${view.title} · Filon` : "Filon";
}

/** What is asked of a campaign's prospects becomes the address; a word being typed is one step back. */
function campaignView(id, asked) {
  let typed = false;
  return campaignPage(id, queryOf(asked), (query, typing) => {
    const again = typing && typed;
    typed = typing;
    history[again ? "replaceState" : "pushState"](null, "", campaignHash(id, query));
  });
}

const narrow = matchMedia("(max-width: 760px)");
narrow.addEventListener("change", route);

addEventListener("hashchange", () => {
  const { name, id, asked } = parsed(location.hash);
  if (name === "c" && view?.goTo && view.id === id) return view.goTo(queryOf(asked));
  route();
  scrollTo(0, 0);
  document.getElementById("main")?.focus({ preventScroll: true });
  return undefined;
});
onSignedOut(() => {
  if (state.user) door(true);
});

get("/api/auth/me").then((answer) => entered(answer.user ?? answer), (problem) => {
  door();
  if (problem.status !== 401) notice(problem.message, "bad");
});
