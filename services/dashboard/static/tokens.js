// A field of several values: typed, or chosen from a list that is found by any word of it.

import { h, icon } from "./dom.js";
import { refusable } from "./field.js";
import { plain } from "./labels.js";
import { t } from "./language.js";

const MOST_SHOWN = 30;

/**
 * `options` are `{field, value, label}`; without any, whatever `parse` accepts is taken.
 * `parse(text)` answers such an option, or null for what has not the right form.
 */
export function tokenField({ id, label, hint, options = [], parse, chosen, changed }) {
  const input = h("input", {
    id, type: "text", autocomplete: "off", placeholder: hint, spellcheck: false,
    role: "combobox", "aria-expanded": "false", "aria-autocomplete": "list",
    "aria-controls": `${id}-options`, dir: "auto",
  });
  const menu = h("ul", { id: `${id}-options`, role: "listbox", hidden: true, "aria-label": label });
  const tokens = h("ul", { className: "tokens", "aria-label": label });
  const { element: refusal, refuse } = refusable(input, id);
  let shown = [];
  let active = -1;

  const has = (option) => chosen.some((c) => c.field === option.field && c.value === option.value);

  function add(option) {
    if (!has(option)) chosen.push(option);
    input.value = "";
    refuse("");
    drawTokens();
    open(false);
    changed(chosen);
  }

  function remove(option) {
    chosen.splice(chosen.indexOf(option), 1);
    drawTokens();
    changed(chosen);
    input.focus();
  }

  function drawTokens() {
    tokens.replaceChildren(...chosen.map((option) =>
      h("li", {}, h("span", {}, option.label),
        h("button", {
          type: "button", className: "bare", "aria-label": t("form.remove", { label: option.label }),
          on: { click: () => remove(option) },
        }, icon("close")))));
  }

  function suggest() {
    const words = plain(input.value).split(/\s+/).filter(Boolean);
    const fits = (o) => words.every((word) => plain(`${o.value} ${o.label}`).includes(word));
    shown = options.filter((o) => !has(o) && fits(o)).slice(0, MOST_SHOWN);
    active = words.length && shown.length ? 0 : -1;
    menu.replaceChildren(...shown.map((option, at) =>
      h("li", {
        id: `${id}-${at}`, role: "option", "aria-selected": String(at === active),
        on: { mousedown: (event) => { event.preventDefault(); add(option); } },
      }, option.label)));
    open(shown.length > 0 && document.activeElement === input);
  }

  function open(wanted) {
    menu.hidden = !wanted;
    input.setAttribute("aria-expanded", String(wanted));
    point();
  }

  function point() {
    [...menu.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === active)));
    if (active >= 0 && !menu.hidden) {
      input.setAttribute("aria-activedescendant", `${id}-${active}`);
      menu.children[active]?.scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  }

  /** Takes what stands in the field; false when it has not the right form. */
  function accept() {
    const text = input.value.trim().replace(/,$/, "").trim();
    if (!text) return true;
    const option = parse?.(text) ?? (active >= 0 ? shown[active] : null);
    if (option) add(option);
    else refuse(t("form.invalid", { text }));
    return Boolean(option);
  }

  function pressed(event) {
    const { key } = event;
    if (key === "Enter" || key === ",") {
      if (!input.value.trim() && (menu.hidden || active < 0)) return key === "Enter" ? event.preventDefault() : undefined;
      event.preventDefault();
      if (!menu.hidden && active >= 0 && !parse?.(input.value.trim())) add(shown[active]);
      else accept();
    } else if (key === "ArrowDown" || key === "ArrowUp") {
      event.preventDefault();
      if (menu.hidden) return suggest();
      active = (active + (key === "ArrowDown" ? 1 : -1) + shown.length) % shown.length;
      point();
    } else if (key === "Escape" && !menu.hidden) {
      event.stopPropagation();
      open(false);
    } else if (key === "Backspace" && !input.value && chosen.length) {
      remove(chosen.at(-1));
    }
    return undefined;
  }

  // Never by the focus alone: an open list hides the next field.
  input.addEventListener("input", () => (input.value.trim() ? suggest() : open(false)));
  input.addEventListener("mousedown", () => (menu.hidden ? setTimeout(suggest) : open(false)));
  input.addEventListener("keydown", pressed);
  input.addEventListener("blur", () => {
    open(false);
    accept();
  });
  drawTokens();
  const box = h("div", { className: "token-box", on: { click: () => input.focus() } }, tokens, input);
  const element = h("div", { className: "field" },
    h("label", { htmlFor: id }, label), h("div", { className: "combo" }, box, menu), refusal);
  return { element, accept, refuse };
}
