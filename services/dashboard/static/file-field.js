// A list to import: chosen or dropped, and shown as it will be understood before it is sent.

import { h, icon } from "./dom.js";
import { number, t } from "./language.js";
import { preview } from "./upload.js";

const MEGABYTE = 1_000_000;
/** What the edge takes at most: told before minutes are spent on sending it. */
const MOST = 100 * 1024 * 1024;

/** `chosen(file)` hears a file that the edge can read, or null. */
export function fileField({ file = null, chosen }) {
  const input = h("input", {
    id: "file", type: "file", className: "unseen", accept: ".csv,.txt,.tsv,.xlsx,.xls,text/csv,text/plain",
    on: { change: () => input.files[0] && take(input.files[0]) },
  });
  const prompt = h("label", { htmlFor: "file", className: "prompt" });
  const result = h("div", { className: "look", "aria-live": "polite" });
  const zone = h("div", { className: "drop field" }, input, prompt, result);
  let turn = 0;

  zone.addEventListener("dragover", (event) => {
    event.preventDefault();
    zone.classList.add("over");
  });
  zone.addEventListener("dragleave", () => zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("over");
    if (event.dataTransfer.files[0]) take(event.dataTransfer.files[0]);
  });

  async function take(wanted) {
    const mine = ++turn;
    input.value = ""; // or the same file, corrected, could not be chosen again
    name(wanted);
    chosen(null);
    if (wanted.size > MOST) return refuse(t("file.large"));
    result.replaceChildren(h("p", { className: "hint" }, t("file.reading")));
    try {
      const look = await preview(wanted);
      if (mine !== turn) return;
      result.replaceChildren(...drawPreview(look));
      chosen(wanted);
    } catch (problem) {
      if (mine === turn) refuse(problem.message);
    }
    return undefined;
  }

  const refuse = (reason) =>
    result.replaceChildren(h("p", { className: "refusal", role: "alert" }, reason));

  function name(wanted) {
    const size = t("file.size", { size: number(Math.max(0.1, Math.round(wanted.size / 1e5) / 10)) });
    prompt.replaceChildren(icon("csv"), h("strong", {}, wanted.name),
      h("span", { className: "hint" }, wanted.size >= MEGABYTE / 10 ? size : ""),
      h("u", {}, t("file.change")));
  }

  if (file) take(file);
  else prompt.replaceChildren(icon("up"), h("span", {}, t("file.drop"), " ", h("u", {}, t("file.choose"))));
  return zone;
}

function drawPreview({ encoding, delimiter, columns, rows }) {
  const known = columns.filter(({ field }) => field && field !== "dropped").length;
  const separator = delimiter === "\t" ? t("file.tab") : delimiter;
  const head = columns.map(({ header, field }) =>
    h("th", { scope: "col", className: field && field !== "dropped" ? "known" : "unknown" },
      h("span", {}, header || "—"),
      h("small", {}, field ? t(`field.${field}`) : t("field.none"))));
  const lines = rows.map((row) =>
    h("tr", {}, ...columns.map((_, at) => h("td", {}, row[at] ?? ""))));
  return [
    h("p", { className: "found" }, icon("check"), h("strong", {}, t("file.recognised", { n: known })),
      h("span", { className: "hint" }, t("file.format", { encoding, delimiter: separator }))),
    h("div", { className: "scroll", tabIndex: 0, role: "region", "aria-label": t("file.preview") },
      h("table", { className: "preview" },
        h("caption", { className: "unseen" }, t("file.preview")),
        h("thead", {}, h("tr", {}, ...head)), h("tbody", {}, ...lines))),
  ];
}
