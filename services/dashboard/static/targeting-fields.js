// Whom a campaign looks for, field by field.

import { chipField } from "./choices.js";
import { h } from "./dom.js";
import { textField } from "./field.js";
import { activityOptions, departementOptions, regionOptions, targetLabel } from "./labels.js";
import { t } from "./language.js";
import { BANDS_BY_SIZE } from "./places.js";
import { tokenField } from "./tokens.js";

const NAF = /^\d{2}(\.?\d{1,2}[A-Z]?)?$/;
const FORMS = {
  postalCodes: /^\d{5}$/,
  excludeSirens: /^\d{9}$/,
  excludeDomains: /^[^\s/]+\.[^\s/]+$/,
  jobTitles: /^.{1,200}$/,
};

const token = (field, value) => ({ field, value, label: targetLabel(field, value) });

/** « 6201z » and « 62.01Z » are the same code. */
function activity(text) {
  const code = text.toUpperCase().replace(/\s/g, "");
  if (!NAF.test(code)) return null;
  return token("activities", code.length > 2 ? `${code.slice(0, 2)}.${code.slice(2).replace(".", "")}` : code);
}

const free = (field) => (text) => {
  const value = field === "jobTitles" ? text : text.replace(/\s/g, "");
  return FORMS[field].test(value) ? token(field, value) : null;
};

const exactly = (options) => (text) => options.find((option) => option.value === text) ?? null;

export function targetingFields(draft) {
  const { targeting } = draft;
  const chosen = (...fields) => fields.flatMap((f) => targeting[f].map((value) => token(f, value)));
  const keep = (...fields) => (tokens) => {
    for (const field of fields) {
      targeting[field] = tokens.filter((one) => one.field === field).map((one) => one.value);
    }
  };
  const several = (id, fields, options, parse) =>
    tokenField({
      id, label: t(`form.${id}`), hint: t(`form.${id}.hint`), options, parse,
      chosen: chosen(...fields), changed: keep(...fields),
    });
  const some = (field, codes) =>
    chipField({
      name: field, label: t(`form.${field}`), chosen: targeting[field],
      options: codes.map((value) => ({ value, label: targetLabel(field, value) })),
      changed: (values) => (targeting[field] = values),
    });

  const places = departementOptions();
  const main = {
    activities: several("activities", ["sections", "sections2025", "activities"], activityOptions(), activity),
    departements: several("departements", ["departements"], places, exactly(places)),
    jobTitles: several("jobTitles", ["jobTitles"], [], free("jobTitles")),
  };
  const rarer = {
    regions: several("regions", ["regions"], regionOptions(), null),
    postalCodes: several("postalCodes", ["postalCodes"], [], free("postalCodes")),
    excludeSirens: several("excludeSirens", ["excludeSirens"], [], free("excludeSirens")),
    excludeDomains: several("excludeDomains", ["excludeDomains"], [], free("excludeDomains")),
  };
  const most = textField({
    id: "maxProspects", label: t("form.maxProspects"), type: "number", min: 1, max: 1_000_000, inputMode: "numeric",
    value: draft.maxProspects ?? "",
    on: { input: () => (draft.maxProspects = most.input.valueAsNumber || null) },
  });
  const opened = Object.keys(rarer).some((f) => targeting[f].length) || draft.maxProspects
    || targeting.categories.length;
  const element = h("div", { className: "targeting" },
    main.activities.element, main.departements.element,
    some("headcountBands", BANDS_BY_SIZE),
    main.jobTitles.element,
    some("seniorities", ["founder", "executive", "director", "manager", "staff"]),
    h("details", { open: Boolean(opened) }, h("summary", {}, t("form.more")),
      h("div", { className: "targeting" },
        some("categories", ["PME", "ETI", "GE"]),
        ...Object.values(rarer).map((field) => field.element),
        most.element)));
  const fields = { ...main, ...rarer };
  return {
    element,
    /** Takes what is still being typed; false where something has not the right form. */
    accept: () => Object.values(fields).map((field) => field.accept()).every(Boolean),
    /** Where a refusal of each can be shown. */
    fields: { ...fields, sections: main.activities, sections2025: main.activities, maxProspects: most },
  };
}
