// Oneself: who one is here, and one's password.

import { post } from "./api.js";
import { h } from "./dom.js";
import { refuseAll, textField } from "./field.js";
import { t } from "./language.js";
import { notice } from "./notices.js";
import { state } from "./store.js";

/** `renewed(work)` does what begins another session: see main.js. */
export function accountPage({ renewed }) {
  const { email, org, role } = state.user;
  const rows = [["email", email], ["org", org], ["role", t(`people.role.${role}`)]];
  const element = h("article", { className: "settings" },
    h("h1", {}, t("account.title")),
    h("dl", { className: "panel details" }, ...rows.flatMap(([name, value]) =>
      [h("dt", {}, t(`people.${name}`)), h("dd", { dir: "auto" }, value)])),
    passwordForm(email, renewed));
  return { element, title: t("account.title") };
}

function passwordForm(email, renewed) {
  const field = (id, name, autocomplete, hint) =>
    textField({ id, label: t(`account.${name}`), hint, type: "password", autocomplete, required: true, maxLength: 256 });
  const now = field("present", "present", "current-password", "");
  const then = field("next", "next", "new-password", t("people.password.hint"));
  const again = field("again", "again", "new-password", "");
  const button = h("button", { type: "submit", className: "primary" }, t("account.change"));
  const refusal = h("p", { className: "refusal", role: "alert" });

  async function change(event) {
    event.preventDefault();
    refusal.textContent = "";
    if (then.input.value !== again.input.value) return again.refuse(t("account.differs"));
    button.disabled = true;
    try {
      const asked = { currentPassword: now.input.value, newPassword: then.input.value };
      await renewed(() => post("/api/auth/password", asked));
      notice(t("account.changed"));
      form.reset();
    } catch (problem) {
      const fields = { currentPassword: now, newPassword: then };
      if (problem.status !== 401) refusal.textContent = refuseAll(problem, fields).join(" ");
    }
    button.disabled = false;
    return undefined;
  }

  const whose = h("input", { type: "hidden", name: "username", autocomplete: "username", value: email });
  const form = h("form", { className: "panel fields", noValidate: true, on: { submit: change } },
    h("h2", {}, t("account.password")), whose, now.element, then.element, again.element,
    refusal, h("div", { className: "buttons" }, button));
  return form;
}
