// The campaigns beside the view: state, figures and progress of each, live.

import { arrange, h, icon, say } from "./dom.js";
import { t } from "./language.js";
import { listen, newestFirst } from "./store.js";
import { mayAct } from "./rights.js";
import { progressBar } from "./progress.js";

function entry(id) {
  const name = h("span", { className: "name", dir: "auto" });
  const status = h("span", { className: "status" });
  const count = h("span", { className: "count" });
  const bar = progressBar();
  const link = h("a", { href: `#/c/${encodeURIComponent(id)}` },
    name, bar.element, h("span", { className: "line" }, count, status));
  return {
    element: h("li", {}, link),
    mark: (selected) => {
      if (selected) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    },
    show(campaign) {
      say(name, campaign.name);
      say(status, t(`status.${campaign.status}`));
      status.dataset.status = campaign.status;
      say(count, t("campaigns.count", { n: campaign.metrics.prospectsFound }));
      bar.show(campaign.metrics);
    },
  };
}

export function campaignList() {
  const entries = new Map();
  const items = h("ul", { className: "campaigns" });
  let selected = null;

  function show() {
    const campaigns = newestFirst();
    for (const campaign of campaigns) {
      if (!entries.has(campaign.id)) entries.set(campaign.id, entry(campaign.id));
      entries.get(campaign.id).show(campaign);
      entries.get(campaign.id).mark(campaign.id === selected);
    }
    arrange(items, campaigns.map((campaign) => entries.get(campaign.id).element));
  }

  show();
  const heading = h("div", { className: "heading" }, h("h2", { id: "campaigns" }, t("campaigns.title")));
  if (mayAct()) {
    heading.append(h("a", { className: "button small", href: "#/new", title: t("campaigns.new") },
      icon("plus"), h("span", {}, t("campaigns.new"))));
  }
  const element = h("nav", { className: "side", "aria-labelledby": "campaigns" }, heading, items);
  return {
    element,
    select(id) {
      selected = id;
      show();
    },
    stop: listen("campaigns", show),
  };
}
