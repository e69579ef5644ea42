// How far a campaign is, in four figures and one bar.

import { h, say } from "./dom.js";
import { number, percent, t } from "./language.js";
import { announce } from "./notices.js";
import { doneShare, progressBar } from "./progress.js";

const FIGURES = ["prospectsFound", "prospectsScored", "prospectsQualified", "prospectsFailed"];
/** A screen reader hears of progress this seldom, in milliseconds. */
const TOLD_EVERY = 15_000;

export function metricsPanel() {
  const values = Object.fromEntries(FIGURES.map((name) => [name, h("dd", {})]));
  const bar = progressBar();
  const done = h("span", { className: "hint" });
  const figures = FIGURES.map((name) =>
    h("div", { data: { metric: name } }, h("dt", {}, t(`metrics.${name}`)), values[name]));
  const element = h("section", { className: "panel metrics", "aria-labelledby": "metrics" },
    h("div", { className: "heading" }, h("h2", { id: "metrics" }, t("metrics.title")), done),
    h("dl", { className: "figures" }, ...figures), bar.element);
  let told = Date.now();

  return {
    element,
    show({ metrics, status }) {
      for (const name of FIGURES) {
        say(values[name], number(metrics[name]));
        values[name].parentElement.classList.toggle("zero", metrics[name] === 0);
      }
      bar.show(metrics);
      bar.element.classList.toggle("moving", status === "active");
      say(done, metrics.prospectsFound ? t("metrics.done", { share: percent(doneShare(metrics)) }) : "");
      if (status !== "active" || Date.now() - told < TOLD_EVERY) return;
      told = Date.now();
      announce(t("said.progress", {
        done: metrics.prospectsScored + metrics.prospectsFailed,
        found: metrics.prospectsFound,
        qualified: metrics.prospectsQualified,
      }));
    },
  };
}
