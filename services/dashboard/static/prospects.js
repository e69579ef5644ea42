// The prospects of a campaign: one page from REST, kept alive by the stream.

import { page } from "./api.js";
import { arrange, h, icon, say } from "./dom.js";
import { number, t } from "./language.js";
import { learnModel, watchProspects } from "./live.js";
import { notice } from "./notices.js";
import { openProspect } from "./panel.js";
import { LIMIT, address, csvAddress, filtered, merged } from "./prospect-list.js";
import { prospectRow } from "./prospect-row.js";
import { prospectTools, sortable } from "./prospect-tools.js";

/** At most so often the table moves, and is read again, in milliseconds. */
const CALM = 150;
const READ_AGAIN = 2000;
/** More changes than this are not worth keeping: the page is read again. */
const MOST_PENDING = 2000;
const EMPTY = { rows: [], more: false, total: null };

/** `asked` is what the address said; `moved(query, typing)` hears what a person asks instead. */
export function prospectsPanel(campaignId, asked, moved) {
  const query = { ...asked };
  const pending = new Map();
  const drawn = new Map();
  let list = EMPTY;
  let loaded = false;
  let turn = 0;
  let reading = false;
  let moveTimer = 0;
  let readTimer = 0;
  let campaign = null;

  const body = h("tbody", {});
  const nothing = h("div", { className: "nothing" });
  const where = h("span", { className: "hint" });
  const total = h("span", { className: "count" });
  const turnTo = (name, step) =>
    h("button", {
      type: "button", className: "bare", "aria-label": t(`prospects.${name}`),
      on: {
        click: () => {
          ask({ page: query.page + step });
          element.scrollIntoView({ block: "start" });
        },
      },
    }, icon(name));
  const previous = turnTo("previous", -1);
  const next = turnTo("next", 1);
  const tools = prospectTools(query, ask);
  const heads = sortable(query, ask);
  const table = h("table", { className: "prospects" },
    h("caption", { className: "unseen" }, t("prospects.title")),
    h("thead", {}, h("tr", {}, ...heads.elements)), body);
  const csv = h("a", {
    className: "button small", href: csvAddress(campaignId, query), download: "",
  }, icon("down"), t("action.csv"));
  const element = h("section", { className: "panel found", "aria-labelledby": "prospects" },
    h("div", { className: "heading" }, h("h2", { id: "prospects" }, t("prospects.title"), " ", total), csv),
    tools.element, h("div", { className: "rows" }, table), nothing,
    h("nav", { className: "pages" }, previous, where, next));

  /** Another question; every one but a turned page begins on the first. */
  function ask(change, { typing = false } = {}) {
    show({ ...query, page: 1, ...change }, !typing);
    moved(query, typing);
  }

  function show(wanted, anew = true) {
    Object.assign(query, wanted);
    csv.href = csvAddress(campaignId, query);
    tools.show(anew);
    heads.show();
    read();
  }

  /** All, or how many of them fit. */
  function drawCount() {
    const found = campaign?.metrics.prospectsFound ?? 0;
    if (!filtered(query)) return say(total, found ? number(found) : "");
    const fitting = list.total ?? null;
    return say(total, fitting === null ? "" : t("prospects.of", { n: fitting, found }));
  }

  async function read() {
    clearTimeout(readTimer);
    readTimer = 0;
    const mine = ++turn;
    reading = true;
    element.setAttribute("aria-busy", "true");
    try {
      const answer = await page(address(campaignId, query));
      if (mine !== turn) return;
      list = answer;
      loaded = true;
      reading = false;
      move(false);
    } catch (problem) {
      if (mine !== turn || problem.status === 401) return;
      if (problem.status === 0 || problem.status === 503) readSoon();
      else notice(problem.message, "bad");
    } finally {
      if (mine === turn) {
        reading = false;
        element.removeAttribute("aria-busy");
      }
    }
  }

  const readSoon = () => (readTimer ||= setTimeout(read, READ_AGAIN));

  function hear(prospect, itsCampaign) {
    if (itsCampaign !== null && itsCampaign !== campaignId) return;
    if (prospect === null) return readSoon();
    pending.set(prospect.id, prospect);
    if (pending.size > MOST_PENDING) {
      pending.clear();
      return readSoon();
    }
    moveTimer ||= setTimeout(() => requestAnimationFrame(() => move(true)), CALM);
    return undefined;
  }

  /** What came while REST was read is put on top of its answer. */
  function move(fresh) {
    clearTimeout(moveTimer);
    moveTimer = 0;
    if (reading) return;
    list = merged(query, list, pending);
    const news = new Set(fresh ? pending.keys() : []);
    pending.clear();
    draw(news);
  }

  function draw(news) {
    const here = new Set(list.rows.map((row) => row.id));
    for (const id of drawn.keys()) if (!here.has(id)) drawn.delete(id);
    for (const prospect of list.rows) {
      if (!drawn.has(prospect.id)) drawn.set(prospect.id, prospectRow(open));
      drawn.get(prospect.id).show(prospect, campaign?.threshold ?? 80, news.has(prospect.id));
    }
    arrange(body, list.rows.map((row) => drawn.get(row.id).element));
    drawRest();
    learnModel(campaignId, list.rows);
  }

  function drawRest() {
    const empty = loaded && list.rows.length === 0;
    table.parentElement.hidden = empty || !loaded;
    nothing.hidden = !empty;
    drawCount();
    if (empty) nothing.replaceChildren(...(filtered(query)
      ? [h("p", {}, t("prospects.none.filtered")),
          h("button", { type: "button", on: { click: () => ask({ status: "", minScore: 0, q: "" }) } }, t("prospects.reset"))]
      : [h("p", {}, t("prospects.none"))]));
    previous.disabled = query.page === 1;
    next.disabled = !list.more;
    where.textContent = t("prospects.page", { page: query.page });
    where.parentElement.hidden = query.page === 1 && !list.more;
    csv.hidden = empty && !filtered(query);
  }

  const open = (id) => openProspect(id, campaign, (prospect) => hear(prospect, campaignId));

  read();
  const stopWatching = watchProspects(hear);
  return {
    element,
    show(now) {
      campaign = now;
      const found = now.metrics.prospectsFound;
      drawCount();
      // What is found but not scored yet is told by no frame: the figures say that it is there.
      const room = query.page === 1 && !filtered(query) && list.rows.length < LIMIT;
      if (loaded && room && found > list.rows.length) readSoon();
    },
    goTo: show,
    stop() {
      stopWatching();
      tools.stop();
      clearTimeout(moveTimer);
      clearTimeout(readTimer);
    },
  };
}
