// Nothing chosen, or nothing there yet.

import { h, icon } from "./dom.js";
import { t } from "./language.js";
import { mayAct } from "./rights.js";

export function welcome(hasCampaigns) {
  const create = mayAct()
    ? h("a", { className: "button primary", href: "#/new" }, icon("plus"), t("campaigns.new"))
    : null;
  const element = hasCampaigns
    ? h("section", { className: "welcome" }, h("p", {}, t("campaigns.choose")))
    : h("section", { className: "welcome" },
        h("img", { src: "/assets/logo.svg", alt: "", width: 72, height: 72 }),
        h("h1", {}, t("campaigns.empty.title")),
        h("p", {}, t("campaigns.empty.text")), create);
  return { element };
}
