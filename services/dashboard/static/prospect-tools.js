// What a person asks of the table: search, filters, order.

import { h, say } from "./dom.js";
import { t } from "./language.js";

const TYPING = 250;
const STATUSES = ["qualified", "scored", "found", "failed"];
const SORTS = ["-score", "score", "-foundAt", "name"];

export function prospectTools(query, ask) {
  let timer = 0;
  const search = h("input", {
    id: "q", type: "search", placeholder: t("prospects.search.hint"), "aria-label": t("prospects.search"),
    on: {
      input: () => {
        clearTimeout(timer);
        timer = setTimeout(() => ask({ q: search.value }, { typing: true }), TYPING);
      },
    },
  });
  const least = h("input", {
    id: "min-score", type: "number", min: 0, max: 100, step: 5, inputMode: "numeric", placeholder: "0",
    on: {
      input: () => {
        clearTimeout(timer);
        const wanted = Math.min(100, Math.max(0, Math.trunc(least.valueAsNumber) || 0));
        timer = setTimeout(() => ask({ minScore: wanted }, { typing: true }), TYPING);
      },
    },
  });
  const status = choice("filter-status", ["", ...STATUSES], (s) => t(s ? `prospect.${s}` : "prospects.any"),
    (value) => ask({ status: value }));
  const sort = choice("sort", SORTS, (s) => t(`sort.${s}`), (value) => ask({ sort: value }));

  const labelled = (field, key) => h("label", { htmlFor: field.id }, h("span", {}, t(key)), field);
  const element = h("div", { className: "tools", role: "search" }, search,
    labelled(status, "prospects.status"), labelled(least, "prospects.minScore"), labelled(sort, "prospects.sort"));

  /** What is being typed is left alone, but where another address says something else. */
  function show(anew = true) {
    if (anew || document.activeElement !== search) search.value = query.q;
    if (anew || document.activeElement !== least) least.value = query.minScore || "";
    status.value = query.status;
    sort.value = query.sort;
  }

  show();
  return { element, show, stop: () => clearTimeout(timer) };
}

function choice(id, values, label, chosen) {
  const select = h("select", { id, on: { change: () => chosen(select.value) } },
    ...values.map((value) => h("option", { value }, label(value))));
  return select;
}

/** Column → how a click on its head sorts; clicked again, the other way where there is one. */
const BY = { score: ["-score", "score"], company: [], name: ["name"], activity: [], city: [], status: [] };

export function sortable(query, ask) {
  const heads = Object.entries(BY).map(([column, sorts]) => {
    const mark = h("span", { className: "mark", "aria-hidden": "true" });
    const words = t(`column.${column}`);
    const inside = sorts.length
      ? h("button", {
          type: "button", className: "bare",
          on: { click: () => ask({ sort: sorts[(sorts.indexOf(query.sort) + 1) % sorts.length] }) },
        }, words, mark)
      : words;
    return { sorts, mark, element: h("th", { scope: "col", className: `in-${column}` }, inside) };
  });

  function show() {
    for (const { sorts, mark, element } of heads) {
      const by = sorts.includes(query.sort);
      if (by) element.setAttribute("aria-sort", query.sort.startsWith("-") ? "descending" : "ascending");
      else element.removeAttribute("aria-sort");
      say(mark, by ? (query.sort.startsWith("-") ? "↓" : "↑") : "");
    }
  }

  show();
  return { elements: heads.map((head) => head.element), show };
}

