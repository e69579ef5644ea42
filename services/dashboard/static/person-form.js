// Somebody new.

import { post } from "./api.js";
import { h, icon } from "./dom.js";
import { refuseAll, textField } from "./field.js";
import { t } from "./language.js";

const ROLES = ["viewer", "operator", "admin"];

export const roleOptions = () => ROLES.map((role) => h("option", { value: role }, t(`people.role.${role}`)));

/** `added` hears the person. */
export function personForm({ added }) {
  const email = textField({
    id: "person-email", label: t("people.email"), type: "email", autocomplete: "off", required: true,
    maxLength: 254, spellcheck: false,
  });
  const password = textField({
    id: "person-password", label: t("people.password"), hint: t("people.password.hint"), type: "password",
    autocomplete: "new-password", required: true, maxLength: 256,
  });
  const role = h("select", { id: "person-role" }, ...roleOptions());
  role.value = "operator";
  const refusal = h("p", { className: "refusal", role: "alert" });
  const button = h("button", { type: "submit", className: "primary" }, icon("plus"), t("people.add"));

  async function add(event) {
    event.preventDefault();
    refusal.textContent = "";
    if (!email.input.value.trim()) return email.refuse(t("people.need.email"));
    if (!password.input.value) return password.refuse(t("people.password.hint"));
    button.disabled = true;
    try {
      const asked = { email: email.input.value.trim(), role: role.value, password: password.input.value };
      added(await post("/api/users", asked));
      email.input.value = password.input.value = "";
    } catch (problem) {
      if (problem.status !== 401) refusal.textContent = refuseAll(problem, { email, password }).join(" ");
    }
    button.disabled = false;
    return undefined;
  }

  return h("form", { className: "panel fields", noValidate: true, on: { submit: add } },
    h("h2", {}, t("people.new")), email.element,
    h("div", { className: "field" }, h("label", { htmlFor: role.id }, t("people.role")), role,
      h("p", { className: "hint" }, t("people.role.hint"))),
    password.element, refusal, h("div", { className: "buttons" }, button));
}
