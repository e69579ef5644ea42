// A list to import: chosen or dropped, and shown as it will be understood before it is sent.

import { h, icon } from "./dom.js";
import { number, t } from "./language.js";
import { preview } from "./upload.js";

const MEGABYTE = 1_000_000;
/** What the edge takes at most: told before minutes are spent on sending it. */
const MOST = 100 * 1024 * 1024;

/**
 * `chosen({file, columns})` hears a file that the edge can read, with what the person said that its
 * columns mean; or null.
 */
export function fileField({ list = null, chosen }) {
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

  async function take(wanted, columns = {}) {
    input.value = ""; // or the same file, corrected, could not be chosen again
    name(wanted);
    if (wanted.size > MOST) {
      chosen(null);
      return refuse(t("file.large"));
    }
    result.replaceChildren(h("p", { className: "hint" }, t("file.reading")));
    return look(wanted, columns);
  }

  /** What the import would do, as the edge says it: once more after each correction. */
  async function look(wanted, columns, corrected = null) {
    const mine = ++turn;
    chosen(null);
    try {
      const seen = await preview(wanted, columns);
      if (mine !== turn) return;
      const correct = (at, header, field) => look(wanted, { ...columns, [header]: field }, at);
      result.replaceChildren(...drawPreview(seen, correct));
      if (corrected !== null) result.querySelector(`select[data-at="${corrected}"]`)?.focus();
      if (!seen.problem) chosen({ file: wanted, columns });
    } catch (problem) {
      if (mine === turn) refuse(problem.message);
    }
  }

  const refuse = (reason) =>
    result.replaceChildren(h("p", { className: "refusal", role: "alert" }, reason));

  function name(wanted) {
    const size = t("file.size", { size: number(Math.max(0.1, Math.round(wanted.size / 1e5) / 10)) });
    prompt.replaceChildren(icon("csv"), h("strong", {}, wanted.name),
      h("span", { className: "hint" }, wanted.size >= MEGABYTE / 10 ? size : ""),
      h("u", {}, t("file.change")));
  }

  if (list) take(list.file, list.columns);
  else prompt.replaceChildren(icon("up"), h("span", {}, t("file.drop"), " ", h("u", {}, t("file.choose"))));
  return zone;
}

function drawPreview({ encoding, delimiter, columns, rows, problem, choices }, correct) {
  const known = columns.filter(({ field }) => field && field !== "dropped").length;
  const separator = delimiter === "\t" ? t("file.tab") : delimiter;
  const head = columns.map((column, at) =>
    h("th", { scope: "col", className: column.field && column.field !== "dropped" ? "known" : "unknown" },
      h("span", { dir: "auto" }, column.header || "—"),
      column.correctable ? meaning(column, at, choices, correct) : h("small", {}, meant(column))));
  const lines = rows.map((row) =>
    h("tr", {}, ...columns.map((_, at) => h("td", { dir: "auto" }, row[at] ?? ""))));
  return [
    h("p", { className: "found" }, icon(problem ? "alert" : "check"), h("strong", {}, t("file.recognised", { n: known })),
      h("span", { className: "hint" }, t("file.format", { encoding, delimiter: separator }))),
    problem ? h("p", { className: "refusal", role: "alert" }, problem) : null,
    h("p", { className: "hint" }, t("file.correct")),
    h("div", { className: "scroll", tabIndex: 0, role: "region", "aria-label": t("file.preview") },
      h("table", { className: "preview" },
        h("caption", { className: "unseen" }, t("file.preview")),
        h("thead", {}, h("tr", {}, ...head)), h("tbody", {}, ...lines))),
  ].filter(Boolean);
}

const meant = ({ field, label }) => (field ? label : t("field.none"));

/** What a column stands for, to be chosen; its first values are told beside. */
function meaning({ header, field, samples, corrected }, at, choices, correct) {
  const options = [{ field: "", label: t("field.none") }, ...choices];
  const select = h("select", {
    "aria-label": t("file.meaning", { column: header }), title: samples.join(" · "),
    className: corrected ? "corrected" : "", data: { at: String(at) },
    on: { change: () => correct(at, header, select.value || null) },
  }, ...options.map((each) =>
    h("option", { value: each.field, selected: each.field === (field ?? "") }, each.label)));
  return select;
}
