// A box above the page: the browser keeps the focus inside and gives it back.

import { h, icon } from "./dom.js";
import { t } from "./language.js";

let last = 0;

/** Opens at once; leaves the page again when it is closed. */
export function dialog(title, ...content) {
  const id = `dialog-${++last}`;
  const close = h("button", {
    type: "button", className: "bare", "aria-label": t("app.close"), on: { click: () => box.close() },
  }, icon("close"));
  const box = h("dialog", {
    "aria-labelledby": id,
    on: {
      close: () => box.remove(),
      click: (event) => event.target === box && box.close(),
    },
  }, h("div", { className: "box" },
    h("header", {}, h("h2", { id, dir: "auto" }, title), close), h("div", { className: "content" }, ...content)));
  document.body.append(box);
  box.showModal();
  return box;
}

/** Answers whether the person said yes. */
export function confirm(title, text, yes, no) {
  return new Promise((answer) => {
    let said = false;
    const button = (label, kind, value) =>
      h("button", { type: "button", className: kind, on: { click: () => { said = value; box.close(); } } }, label);
    const box = dialog(title, h("p", {}, text),
      h("div", { className: "buttons" }, button(yes, "danger", true), button(no, "", false)));
    box.addEventListener("close", () => answer(said));
  });
}
