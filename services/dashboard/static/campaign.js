// One campaign: what it looks for, how far it is, who is at work, whom it found.

import { agentsPanel } from "./agents.js";
import { post } from "./api.js";
import { confirm } from "./dialog.js";
import { h, icon, say } from "./dom.js";
import { importDialog } from "./importing.js";
import { targetLabel } from "./labels.js";
import { day, t } from "./language.js";
import { readCampaign } from "./live.js";
import { metricsPanel } from "./metrics.js";
import { announce, attempt } from "./notices.js";
import { prospectsPanel } from "./prospects.js";
import { mayAct } from "./rights.js";
import { listen, state } from "./store.js";

const COMMANDS = { draft: ["start"], active: ["pause"], paused: ["resume"] };
const ICONS = { start: "play", resume: "play", pause: "pause" };

/** `asked` is what the address asks of its prospects; `moved` hears of another question. */
export function campaignPage(id, asked, moved) {
  const path = `/api/campaigns/${encodeURIComponent(id)}`;
  const title = h("h1", { dir: "auto" });
  const facts = h("div", { className: "facts" });
  const actions = h("div", { className: "buttons" });
  const metrics = metricsPanel();
  const agents = agentsPanel(id);
  const prospects = prospectsPanel(id, asked, moved);
  const element = h("article", { className: "campaign" },
    h("a", { className: "back", href: "#/" }, icon("back"), t("campaign.back")),
    h("header", {}, h("div", {}, title, facts), actions),
    h("div", { className: "overview" }, metrics.element, agents.element),
    prospects.element);
  let drawn = "";
  let status = null;

  function show() {
    const campaign = state.campaigns.get(id);
    if (!campaign) return;
    say(title, campaign.name);
    metrics.show(campaign);
    prospects.show(campaign);
    const described = JSON.stringify({ ...campaign, metrics: undefined });
    if (described === drawn) return;
    drawn = described;
    agents.refresh(campaign);
    facts.replaceChildren(...describe(campaign));
    if (mayAct()) actions.replaceChildren(...commands(campaign));
    if (status && status !== campaign.status) announce(t(`said.${campaign.status}`, campaign));
    status = campaign.status;
  }

  function commands(campaign) {
    const buttons = (COMMANDS[campaign.status] ?? []).map((name) => {
      const button = h("button", {
        type: "button", className: name === "pause" ? "" : "primary", data: { command: name },
        on: { click: () => attempt(button, () => command(name)) },
      }, icon(ICONS[name]), t(`action.${name}`));
      return button;
    });
    if (["draft", "active", "paused"].includes(campaign.status)) {
      if (campaign.sources.includes("csv")) {
        buttons.push(h("button", { type: "button", on: { click: () => importDialog(id) } },
          icon("up"), t("action.import")));
      }
      const cancel = h("button", {
        type: "button", className: "bare quiet", on: { click: () => attempt(cancel, ask) },
      }, t("action.cancel"));
      buttons.push(cancel);
    }
    return buttons;
  }

  async function ask() {
    const texts = ["title", "text", "yes", "no"].map((name) => t(`cancel.${name}`));
    if (await confirm(...texts)) await command("cancel");
  }

  async function command(name) {
    await post(`${path}/${name}`);
    await readCampaign(id);
  }

  async function read() {
    try {
      await readCampaign(id);
    } catch (problem) {
      const words = problem.status === 404 ? t("campaign.missing") : problem.message;
      element.replaceChildren(h("p", { className: "nothing" }, words));
    }
  }

  show();
  read();
  const stops = [listen("campaigns", show), agents.stop, prospects.stop];
  return {
    element,
    id,
    goTo: prospects.goTo,
    title: state.campaigns.get(id)?.name,
    stop: () => stops.forEach((stop) => stop()),
  };
}

function describe({ status, sources, model, threshold, createdAt, targeting }) {
  const badges = [
    h("span", { className: "status", data: { status } }, t(`status.${status}`)),
    ...sources.map((source) => h("span", { className: "badge" }, t(`source.${source}`))),
    h("span", { className: "badge" }, t("campaign.threshold", { threshold })),
    modelBadge(model),
    h("span", { className: "hint" }, t("campaign.created", { date: day(createdAt) })),
  ];
  return [h("p", { className: "badges" }, ...badges.filter(Boolean)), targetingLine(targeting ?? {})];
}

/** Whose words the campaign's scores rest on; the deterministic model never goes unnamed. */
function modelBadge(model) {
  if (!model) return null;
  return model === "offline"
    ? h("span", { className: "badge offline", title: t("campaign.offline.why") }, t("campaign.offline"))
    : h("span", { className: "badge" }, t("campaign.model", { model }));
}

function targetingLine(targeting) {
  const asked = Object.entries(targeting).filter(([, value]) => (Array.isArray(value) ? value.length : value));
  if (!asked.length) return h("p", { className: "hint" }, t("campaign.targeting.none"));
  const terms = asked.flatMap(([field, value]) => [
    h("dt", {}, t(`form.${field.startsWith("sections") ? "activities" : field}`)),
    h("dd", {}, [value].flat().map((one) => targetLabel(field, one)).join(", ")),
  ]);
  return h("details", { className: "asked" },
    h("summary", {}, t("campaign.targeting")), h("dl", {}, ...terms));
}
