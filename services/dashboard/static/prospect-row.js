// One line of the table.

import { h, say } from "./dom.js";
import { activityLabel } from "./labels.js";
import { t } from "./language.js";

/** The score as a button that opens its reasons; drawn by how it stands to the threshold. */
export function scoreWords(prospect) {
  return prospect.score === null || prospect.score === undefined ? "–" : String(prospect.score);
}

export function prospectRow(open) {
  let id = null;
  const score = h("button", { type: "button", className: "score", on: { click: () => open(id) } });
  const cells = {};
  const cell = (name, ...children) =>
    (cells[name] = h("td", { className: `in-${name}`, data: { label: t(`column.${name}`) } }, ...children));
  const contact = h("span", { dir: "auto" });
  const title = h("small", {});
  const company = h("span", { dir: "auto" });
  const code = h("span", {});
  const does = h("small", {});
  const city = h("span", {});
  const status = h("span", { className: "prospect-status" });
  const element = h("tr", {}, cell("score", score), cell("company", company), cell("name", contact, title),
    cell("activity", code, does), cell("city", city), cell("status", status));
  element.addEventListener("click", ({ target }) => {
    if (!target.closest("a, button") && !String(getSelection())) open(id);
  });
  element.addEventListener("animationend", () => element.classList.remove("fresh"));

  return {
    element,
    show(prospect, threshold, fresh) {
      id = prospect.id;
      const words = scoreWords(prospect);
      say(score, words);
      score.className = `score ${tone(prospect, threshold)}`;
      const name = prospect.company || prospect.name;
      score.setAttribute("aria-label",
        words === "–" ? t("score.none", { name }) : t("score.open", { score: prospect.score, name }));
      const erased = prospect.status === "erased";
      say(company, erased ? t("prospect.erased.text") : prospect.company);
      say(contact, prospect.name === prospect.company ? "" : prospect.name);
      say(title, prospect.title);
      say(code, prospect.activity);
      say(does, prospect.activity ? activityLabel(prospect.activity) : "");
      say(city, prospect.city);
      say(status, t(`prospect.${prospect.status}`));
      status.dataset.status = prospect.status;
      if (fresh) element.classList.add("fresh");
    },
  };
}

export function tone({ score, status }, threshold) {
  if (status === "failed") return "failed";
  if (score === null || score === undefined) return "none";
  if (score > threshold) return "high";
  return score > threshold / 2 ? "middle" : "low";
}
