// A campaign, described: where to look, for whom, from which score on.

import { post } from "./api.js";
import { asRequest, beginWithExample, currentDraft, forgetDraft, withoutExample } from "./draft.js";
import { h, icon } from "./dom.js";
import { focusWrong, refusable, refuseAll, textField } from "./field.js";
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
  const name = textField({
    id: "name", label: t("form.name"), type: "text", value: draft.name, maxLength: 200, autocomplete: "off",
    required: true, dir: "auto", placeholder: t("form.name.hint"),
    on: { input: () => (draft.name = name.input.value) },
  });
  const zone = fileField({ list: draft.list, chosen: chooseFile });
  const list = refusable(zone.querySelector("input"), "file");
  const file = h("div", { className: "field", hidden: !draft.sources.includes("csv") }, zone, list.element);
  let targeting = targetingFields(draft);
  const refusal = h("div", { className: "refusals", role: "alert", tabIndex: -1 });
  const progress = h("div", { className: "sending", "aria-live": "polite" });
  const buttons = [
    h("button", { type: "submit", className: "primary", data: { start: "yes" } }, icon("play"), t("form.createStart")),
    h("button", { type: "submit" }, t("form.create")),
  ];

  function chooseFile(wanted) {
    draft.list = wanted;
    if (wanted) list.refuse("");
  }

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

  /** Whether all is there that a campaign needs; what is not is said beside its field. */
  function complete() {
    name.refuse(draft.name.trim() ? "" : t("form.need.name"));
    sources.refuse(draft.sources.length ? "" : t("form.need.source"));
    list.refuse(draft.sources.includes("csv") && !draft.list ? t("form.need.file") : "");
    const right = targeting.accept() && !form.querySelector('[aria-invalid="true"]');
    if (!right) focusWrong();
    return right;
  }

  async function submit(event) {
    event.preventDefault();
    const start = event.submitter?.dataset.start === "yes";
    refuse([]);
    if (!complete()) return;
    buttons.forEach((button) => (button.disabled = true));
    try {
      await create(start);
    } catch (problem) {
      const fields = { ...targeting.fields, name, sources, threshold };
      if (problem.status !== 401) refuse(refuseAll(problem, fields));
    }
    buttons.forEach((button) => (button.disabled = false));
  }

  async function create(start) {
    const made = draft.madeId ?? (await make());
    if (draft.list && draft.sources.includes("csv")) await importList(made);
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
    const report = await sendList(id, draft.list, progress).catch((problem) => {
      const reason = problem.message || t("error.unknown");
      throw Object.assign(problem, { message: t("import.failed", { reason }), errors: [] });
    });
    if (report.refused.length) importReport(report, draft.list);
    else notice(t("import.accepted", { n: report.accepted }));
  }

  const cards = h("fieldset", { className: "sources" }, h("legend", {}, t("form.sources")),
    h("div", { className: "cards" }, ...SOURCES.map(source)));
  const sources = refusable(cards, "sources");
  cards.append(sources.element);
  const threshold = thresholdField(draft);
  const form = h("form", { className: "campaign-form", noValidate: true, on: { submit } },
    h("h1", {}, t("form.title")),
    name.element, cards, file,
    h("fieldset", {}, h("legend", {}, t("form.who")),
      h("p", { className: "hint" }, t("form.who.hint")), targeting.element),
    threshold.element,
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
  const { element: refusal, refuse } = refusable(range, "threshold");
  const element = h("div", { className: "field threshold" },
    h("label", { htmlFor: "threshold" }, t("form.threshold")),
    h("div", { className: "line" }, range, output), hint, refusal);
  return { element, refuse };
}
