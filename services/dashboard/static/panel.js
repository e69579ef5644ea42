// One prospect: its score with each factor's reason, the words that prove it, whom to speak to.

import { get, post } from "./api.js";
import { dialog } from "./dialog.js";
import { h, icon } from "./dom.js";
import { activityLabel, bandLabel } from "./labels.js";
import { instant, percent, t } from "./language.js";
import { attempt, notice } from "./notices.js";
import { scoreWords, tone } from "./prospect-row.js";
import { mayAct } from "./rights.js";

/** `changed` hears the prospect as it is after a retry. */
export async function openProspect(id, campaign, changed) {
  const path = `/api/prospects/${encodeURIComponent(id)}`;
  try {
    const prospect = await get(path);
    const box = dialog(prospect.company || t("prospect.erased.text"));
    box.classList.add("side-panel");
    box.querySelector(".content").append(...draw(prospect, campaign, { retry: () => retry(box) }));
  } catch (problem) {
    if (problem.status !== 401) notice(problem.message, "bad");
  }

  async function retry(box) {
    changed(await post(`${path}/retry`));
    box.close();
    notice(t("panel.retried"));
  }
}

function draw(prospect, campaign, { retry }) {
  const threshold = campaign?.threshold ?? 80;
  return [
    headline(prospect, threshold),
    prospect.failure ? failure(prospect.failure, retry) : null,
    prospect.factors?.length ? section("panel.why", h("ul", { className: "factors" }, ...prospect.factors.map(factor)), model(prospect.model)) : null,
    prospect.contacts?.length ? section("panel.contacts", h("ul", { className: "contacts" }, ...prospect.contacts.map(contact))) : null,
    prospect.evidence?.length ? section("panel.evidence", ...prospect.evidence.map((one) => evidence(one, prospect.model))) : null,
    prospect.status === "erased" ? null : section("panel.company", details(prospect)),
    beside(prospect.extra),
  ].filter(Boolean);
}

const section = (title, ...content) =>
  h("section", {}, h("h3", {}, t(title)), ...content);

function headline(prospect, threshold) {
  const scored = prospect.score !== null && prospect.score !== undefined;
  const words = !scored ? t("prospect.unscored")
    : t(prospect.score > threshold ? "panel.above" : "panel.below", { threshold });
  return h("div", { className: "headline" },
    h("span", { className: `score big ${tone(prospect, threshold)}` }, scoreWords(prospect)),
    h("div", {}, h("span", { className: "prospect-status", data: { status: prospect.status } }, t(`prospect.${prospect.status}`)),
      h("p", { className: "hint" }, words)));
}

function factor({ rule, points, max, reason }) {
  const bar = h("i", {});
  bar.style.width = `${max ? (100 * points) / max : 0}%`;
  return h("li", {},
    h("div", { className: "line" }, h("strong", {}, t(`rule.${rule}`)),
      h("span", { className: "points" }, t("panel.points", { points, max }))),
    h("span", { className: "share", "aria-hidden": "true" }, bar),
    h("p", {}, reason));
}

function model(name) {
  if (!name) return null;
  const words = name === "offline" ? t("panel.offline") : t("panel.model", { model: name });
  return h("p", { className: `hint by ${name === "offline" ? "offline" : ""}` }, words);
}

function failure(reason, retry) {
  const words = typeof reason === "string" ? reason : reason.reason ?? reason.detail ?? "";
  const again = h("button", { type: "button", className: "primary", on: { click: () => attempt(again, retry) } },
    icon("retry"), t("panel.retry"));
  return h("div", { className: "failure" }, icon("alert"),
    h("div", {}, h("strong", {}, t("panel.failure")), h("p", {}, words), mayAct() ? again : null));
}

function contact({ name, title, email, phone }) {
  return h("li", {}, h("strong", { dir: "auto" }, name || "—"), title ? h("span", { dir: "auto" }, title) : null,
    email ? h("a", { href: `mailto:${encodeURI(email)}` }, email) : null,
    phone ? h("a", { href: `tel:${phone.replace(/[^+\d]/g, "")}` }, phone) : null);
}

/** « llm » is how any model worked; the deterministic one is not to pass for a language model. */
const howWords = (how, model) => t(how === "llm" && model === "offline" ? "how.offline" : `how.${how}`);

function evidence({ field, value, quote, source, sourceUrl, how, confidence }, model) {
  const from = t(`source.${source}`) === `source.${source}` ? source : t(`source.${source}`);
  return h("figure", {},
    h("figcaption", {}, h("strong", {}, t(`field.${field}`)), " ", field === "headcountBand" ? bandLabel(value) : value),
    h("blockquote", {}, quote),
    h("p", { className: "hint" }, webLink(sourceUrl, from), ` · ${howWords(how, model)} · `,
      t("panel.confidence", { share: percent(confidence) })));
}

/** A link only where it leads to the web: a list may hold anything. */
function webLink(address, words) {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (!url || !["http:", "https:"].includes(url.protocol)) return words;
  return h("a", { href: url.href, target: "_blank", rel: "noopener noreferrer" }, words);
}

/** What lists said in columns of their own, as they said it. */
function beside(extra = {}) {
  const said = Object.entries(extra);
  if (!said.length) return null;
  return section("panel.extra", h("dl", { className: "details" },
    ...said.flatMap(([name, value]) => [h("dt", { dir: "auto" }, name), h("dd", { dir: "auto" }, webLink(value, value))])));
}

const recordIds = ({ recordId, contacts = [] }) =>
  [recordId, ...contacts.map((contact) => contact.recordId)].filter(Boolean).join(", ");

function details(prospect) {
  const { website, activity } = prospect;
  const address = website && !website.includes("://") ? `https://${website}` : website;
  const rows = [
    ["siren", prospect.siren],
    ["activity", activity && `${activity} · ${activityLabel(activity)}`],
    ["headcount", prospect.headcountBand && bandLabel(prospect.headcountBand)],
    ["city", [prospect.postalCode, prospect.city].filter(Boolean).join(" ")],
    ["website", website && webLink(address, website)],
    ["foundAt", prospect.foundAt && instant(prospect.foundAt)],
    ["recordId", recordIds(prospect)],
  ].filter(([, value]) => value);
  return h("dl", { className: "details" },
    ...rows.flatMap(([name, value]) => [h("dt", {}, t(`field.${name}`)), h("dd", {}, value)]));
}
