// A few values, each on or off.

import { h } from "./dom.js";

/** Check boxes drawn as chips; `chosen` is kept in the order of `options`. */
export function chipField({ name, label, options, chosen, changed }) {
  const taken = new Set(chosen);
  const chip = ({ value, label: words }) => {
    const box = h("input", {
      type: "checkbox", name, value, checked: taken.has(value),
      on: {
        change: () => {
          if (box.checked) taken.add(value);
          else taken.delete(value);
          changed(options.map((option) => option.value).filter((v) => taken.has(v)));
        },
      },
    });
    return h("label", { className: "chip" }, box, h("span", {}, words));
  };
  return h("fieldset", { className: "field chips" }, h("legend", {}, label), ...options.map(chip));
}
