// What is wrong with a field, beside it: for eyes and for screen readers alike.

import { h, say } from "./dom.js";
import { t } from "./language.js";

/**
 * The place beside `control` (an input, or the fieldset of several) where its refusal stands, and
 * `refuse(message)`, which takes it away again where the message is empty.
 */
export function refusable(control, id) {
  const element = h("p", { id: `${id}-refusal`, className: "refusal", "aria-live": "polite" });
  const others = control.getAttribute("aria-describedby");
  const inputs = () => (control.tagName === "FIELDSET" ? [...control.querySelectorAll("input")] : [control]);

  function refuse(message) {
    say(element, message);
    const described = [others, message ? element.id : null].filter(Boolean).join(" ");
    if (described) control.setAttribute("aria-describedby", described);
    else control.removeAttribute("aria-describedby");
    for (const input of inputs()) {
      if (message) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    }
  }

  control.addEventListener("input", () => refuse(""));
  return { element, refuse };
}

/** A label, its input and its refusal; the rest are the input's attributes. */
export function textField({ id, label, hint = "", ...attributes }) {
  const said = hint ? h("p", { id: `${id}-hint`, className: "hint" }, hint) : null;
  const input = h("input", { id, "aria-describedby": said?.id, ...attributes });
  const { element: refusal, refuse } = refusable(input, id);
  const element = h("div", { className: "field" }, h("label", { htmlFor: id }, label), input, said, refusal);
  return { element, input, refuse };
}

/**
 * Shows a problem's errors beside the fields that they name; answers what belongs to none of them,
 * in words. The first that is wrong gets the focus.
 */
export function refuseAll(problem, fields) {
  const elsewhere = [];
  for (const { field = "", message } of problem.errors ?? []) {
    const place = fields[field] ?? fields[field.split(/[.[]/).find((part) => part in fields)];
    if (place) place.refuse(message);
    else elsewhere.push(field ? t("form.problem", { field, message }) : message);
  }
  focusWrong();
  return problem.errors?.length ? elsewhere : [problem.message];
}

export const focusWrong = () =>
  /** @type {HTMLElement | null} */ (document.querySelector('[aria-invalid="true"]'))?.focus();
