// One person of the organisation, and what an administrator may do with the account.

import { patch, remove } from "./api.js";
import { confirm, dialog } from "./dialog.js";
import { h, say } from "./dom.js";
import { refuseAll, textField } from "./field.js";
import { day, t } from "./language.js";
import { attempt, notice } from "./notices.js";
import { roleOptions } from "./person-form.js";
import { state } from "./store.js";

/** `changed` is called after each change; whoever changes the own account signs in again. */
export function personRow({ changed }) {
  let person = null;
  const email = h("span", { dir: "auto" });
  const self = h("span", { className: "badge" }, t("people.you"));
  const since = h("span", {});
  const role = h("select", { on: { change: () => attempt(role, changeRole) } }, ...roleOptions());
  const action = (name, work) => {
    const button = h("button", { type: "button", className: "small", on: { click: () => attempt(button, work) } },
      t(`people.act.${name}`));
    return button;
  };
  const buttons = [action("reset", reset), action("end", end), action("remove", take)];
  const element = h("tr", {}, h("th", { scope: "row" }, email, " ", self), h("td", {}, role),
    h("td", { className: "since" }, since), h("td", {}, h("div", { className: "buttons" }, ...buttons)));
  const path = () => `/api/users/${encodeURIComponent(person.id)}`;

  async function changeRole() {
    const wanted = role.value;
    role.value = person.role;
    const mine = person.id === state.user.id && wanted !== "admin";
    if (mine && !(await sure("demote"))) return;
    await patch(path(), { role: wanted });
    notice(t("people.changed", { email: person.email, role: t(`people.role.${wanted}`) }));
    changed();
  }

  async function end() {
    if (!(await sure("end"))) return;
    await patch(path(), { endSessions: true });
    notice(t("people.ended", { email: person.email }));
  }

  async function take() {
    if (!(await sure("remove"))) return;
    await remove(path());
    notice(t("people.removed", { email: person.email }));
    changed();
  }

  const sure = (what) =>
    confirm(t(`people.sure.${what}`), t(`people.sure.${what}.text`, { email: person.email }),
      t(`people.act.${what}`), t("people.keep"));

  async function reset() {
    const { id, email: whose } = person;
    const password = textField({
      id: "new-password", label: t("account.next"), hint: t("people.password.hint"), type: "password",
      autocomplete: "new-password", required: true, maxLength: 256,
    });
    const refusal = h("p", { className: "refusal", role: "alert" });
    const form = h("form", { className: "fields", noValidate: true, on: { submit } },
      h("p", {}, t("people.reset.text", { email: whose })), password.element, refusal,
      h("div", { className: "buttons" }, h("button", { type: "submit", className: "primary" }, t("account.change"))));
    const box = dialog(t("people.reset"), form);
    password.input.focus();

    async function submit(event) {
      event.preventDefault();
      try {
        await patch(`/api/users/${encodeURIComponent(id)}`, { password: password.input.value });
        box.close();
        notice(t("people.ended", { email: whose }));
      } catch (problem) {
        if (problem.status === 401) box.close();
        else refusal.textContent = refuseAll(problem, { password }).join(" ");
      }
    }
  }

  return {
    element,
    show(now) {
      person = now;
      say(email, now.email);
      self.hidden = now.id !== state.user.id;
      role.value = now.role;
      role.setAttribute("aria-label", t("people.role.of", { email: now.email }));
      say(since, day(now.createdAt));
      const names = ["reset", "end", "remove"];
      buttons.forEach((button, at) =>
        button.setAttribute("aria-label", `${t(`people.act.${names[at]}`)} · ${now.email}`));
    },
  };
}
