// A campaign, described: where to look, for whom, from which score on.

import { post } from "./api.js";
import { asRequest, beginWithExample, currentDraft, forgetDraft, withoutExample } from "./draft.js";
import { h, icon } from "./dom.js";
import { fileField } from "./file-field.js";
import { importReport, sendList } from "./importing.js";
import { t } from "./language.js";
import { takeCampaign } from "./live.js";
import { notice } from "./notices.js";
import { targetingFields } from "./targeting-fields.js";

const SOURCES = ["sample", "csv", "companies"];

export function campaignForm() {
  beginWithExample();
  const draft = currentDraft();
  const name = h("input", {
    id: "name", type: "text", value: draft.name, maxLength: 200, autocomplete: "off", required: true,
    placeholder: t("form.name.hint"), on: { input: () => (draft.name = name.value) },
  });
  const file = h("div", { hidden: !draft.sources.includes("csv") },
    fileField({ file: draft.file, chosen: (wanted) => (draft.file = wanted) }));
  let targeting = targetingFields(draft);
  const refusal = h("div", { className: "refusals", role: "alert", tabIndex: -1 });
  const progress = h("div", { className: "sending", "aria-live": "polite" });
  const buttons = [
    h("button", { type: "submit", className: "primary", data: { start: "yes" } }, icon("play"), t("form.createStart")),
    h("button", { type: "submit" }, t("form.create")),
  ];

  const source = (value) => {
    const box = h("input", {
      type: "checkbox", name: "source", value, checked: draft.sources.includes(value),
      on: {
        change: () => {
          draft.sources = SOURCES.filter((s) => (s === value ? box.checked : draft.sources.includes(s)));
          file.hidden = !draft.sources.includes("csv");
          if (!draft.sources.includes("sample") && withoutExample()) {
            const shown = targeting.element;
            targeting = targetingFields(draft);
            shown.replaceWith(targeting.element);
          }
        },
      },
    });
    return h("label", { className: "card" }, box, icon(value),
      h("span", {}, h("strong", {}, t(`source.${value}`)), h("small", {}, t(`source.${value}.text`))));
  };

  function refuse(messages) {
    refusal.replaceChildren(...(messages.length
      ? [h("strong", {}, t("error.form")), h("ul", {}, ...messages.map((m) => h("li", {}, m)))]
      : []));
    if (messages.length) refusal.focus();
  }

  function lacking() {
    const lacks = [];
    if (!draft.name.trim()) lacks.push(t("form.need.name"));
    if (!draft.sources.length) lacks.push(t("form.need.source"));
    if (draft.sources.includes("csv") && !draft.file) lacks.push(t("form.need.file"));
    return lacks;
  }

  async function submit(event) {
    event.preventDefault();
    const start = event.submitter?.dataset.start === "yes";
    const lacks = lacking();
    if (!targeting.accept() || lacks.length) return refuse(lacks);
    refuse([]);
    buttons.forEach((button) => (button.disabled = true));
    try {
      await create(start);
    } catch (problem) {
      if (problem.status !== 401) refuse(explain(problem));
    }
    buttons.forEach((button) => (button.disabled = false));
    return undefined;
  }

  async function create(start) {
    const made = draft.madeId ?? (await make());
    if (draft.file && draft.sources.includes("csv")) await importList(made);
    if (start) await post(`/api/campaigns/${encodeURIComponent(made)}/start`);
    forgetDraft();
    location.hash = `#/c/${encodeURIComponent(made)}`;
  }

  async function make() {
    const campaign = await post("/api/campaigns", asRequest(draft));
    takeCampaign(campaign);
    return campaign.id;
  }

  async function importList(id) {
    draft.madeId = id;
    const report = await sendList(id, draft.file, progress).catch((problem) => {
      const reason = problem.message || t("error.unknown");
      throw Object.assign(problem, { message: t("import.failed", { reason }), errors: [] });
    });
    if (report.refused.length) importReport(report);
    else notice(t("import.accepted", { n: report.accepted }));
  }

  /** Beside its field where the edge names one that we show, else above the buttons. */
  function explain(problem) {
    const elsewhere = problem.errors.filter(
      ({ field = "", message }) => !targeting.refuse(field.split(/[.[\]]/).filter((p) => p !== "body")[1], message));
    const messages = elsewhere.map(({ field, message }) => (field ? t("form.problem", { field, message }) : message));
    return messages.length ? messages : [problem.message];
  }

  const threshold = thresholdField(draft);
  const form = h("form", { className: "campaign-form", noValidate: true, on: { submit } },
    h("h1", {}, t("form.title")),
    h("div", { className: "field" }, h("label", { htmlFor: "name" }, t("form.name")), name),
    h("fieldset", { className: "sources" }, h("legend", {}, t("form.sources")),
      h("div", { className: "cards" }, ...SOURCES.map(source)), file),
    h("fieldset", {}, h("legend", {}, t("form.who")),
      h("p", { className: "hint" }, t("form.who.hint")), targeting.element),
    threshold,
    refusal, progress,
    h("div", { className: "buttons" }, ...buttons, h("a", { className: "button bare", href: "#/" }, t("form.cancel"))));
  return { element: form, title: t("form.title") };
}

function thresholdField(draft) {
  const output = h("output", { htmlFor: "threshold" });
  const hint = h("p", { className: "hint", id: "threshold-hint" });
  const range = h("input", {
    id: "threshold", type: "range", min: 0, max: 100, step: 5, "aria-describedby": "threshold-hint",
    on: { input: () => show(range.valueAsNumber) },
  });
  function show(value) {
    draft.threshold = value;
    output.textContent = value;
    hint.textContent = t("form.threshold.hint", { n: value });
  }
  range.value = draft.threshold;
  show(draft.threshold);
  return h("div", { className: "field threshold" },
    h("label", { htmlFor: "threshold" }, t("form.threshold")),
    h("div", { className: "line" }, range, output), hint);
}
