// Who is at work in a campaign, and at what.

import { post } from "./api.js";
import { arrange, h, icon, say } from "./dom.js";
import { t, typeset } from "./language.js";
import { readAgents } from "./live.js";
import { attempt } from "./notices.js";
import { mayAct } from "./rights.js";
import { agentsOf, listen, state } from "./store.js";

function agentCard(id) {
  const name = h("strong", {});
  const status = h("span", { className: "agent-status" });
  const task = h("p", { className: "task" });
  const toggle = h("button", { type: "button", className: "small" });
  const picture = h("span", { className: "picture" });
  const element = h("li", { className: "agent" }, picture,
    h("div", {}, h("div", { className: "line" }, name, status), task), mayAct() ? toggle : null);
  let verb = "stop";
  toggle.addEventListener("click", () =>
    attempt(toggle, async () => {
      const { campaignId } = await post(`/api/agents/${encodeURIComponent(id)}/${verb}`);
      await readAgents(campaignId);
    }));

  return {
    element,
    show(agent, campaign) {
      if (!picture.firstChild) picture.append(icon(agent.role === "qualifier" ? "qualifier" : "researcher"));
      say(name, t(`agent.${agent.role}`));
      const rests = agent.status === "idle" && campaign?.status === "paused";
      say(status, t(rests ? "agent.paused" : `agent.${agent.status}`));
      element.dataset.status = agent.status;
      const works = agent.status === "running";
      say(task, typeset(agent.currentTask ?? "") || (works && campaign?.status === "active" ? t("agent.waiting") : ""));
      verb = works ? "stop" : "start";
      say(toggle, t(`agent.${verb}`));
      toggle.setAttribute("aria-label", `${t(`agent.${verb}`)} : ${t(`agent.${agent.role}`)}`);
      toggle.hidden = rests || !["active", "paused"].includes(campaign?.status);
    },
  };
}

export function agentsPanel(campaignId) {
  const cards = new Map();
  const items = h("ul", {});
  const none = h("p", { className: "hint" }, t("agents.none"));
  const element = h("section", { className: "panel agents", "aria-labelledby": "agents" },
    h("div", { className: "heading" }, h("h2", { id: "agents" }, t("agents.title"))), none, items);

  function show() {
    const agents = agentsOf(campaignId).sort((a, b) => (a.role < b.role ? 1 : -1));
    for (const agent of agents) {
      if (!cards.has(agent.id)) cards.set(agent.id, agentCard(agent.id));
      cards.get(agent.id).show(agent, state.campaigns.get(campaignId));
    }
    none.hidden = agents.length > 0;
    arrange(items, agents.map((agent) => cards.get(agent.id).element));
  }

  let known = null;
  return {
    element,
    /** A campaign that changed its state has agents that did, too. */
    refresh({ status }) {
      show();
      if (known === status) return;
      known = status;
      readAgents(campaignId).catch(() => {}); // the stream tells of them in any case
    },
    stop: listen("agents", show),
  };
}
