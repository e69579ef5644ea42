// The door.

import { post } from "./api.js";
import { h } from "./dom.js";
import { t } from "./language.js";
import { languageSwitch } from "./shell.js";

/** `entered` gets the user; `ended` says that a session was cut short. */
export function signIn({ entered, ended, relabel }) {
  const email = h("input", {
    id: "email", type: "email", name: "email", autocomplete: "username", required: true, spellcheck: false,
  });
  const password = h("input", {
    id: "password", type: "password", name: "password", autocomplete: "current-password", required: true,
  });
  const refusal = h("p", { className: "refusal", role: "alert" }, ended ? t("login.expired") : "");
  const submit = h("button", { type: "submit", className: "primary wide" }, t("login.submit"));

  async function enter(event) {
    event.preventDefault();
    submit.disabled = true;
    refusal.textContent = "";
    try {
      const { user } = await post("/api/auth/login", { email: email.value, password: password.value });
      entered(user);
    } catch (problem) {
      refusal.textContent = problem.message;
      submit.disabled = false;
      password.select();
    }
  }

  const form = h("form", { className: "door", on: { submit: enter } },
    h("h1", {}, t("login.title")),
    h("label", { htmlFor: "email" }, t("login.email")), email,
    h("label", { htmlFor: "password" }, t("login.password")), password,
    refusal, submit);
  const page = h("main", { className: "entrance", id: "main" },
    h("div", { className: "brand large" },
      h("img", { src: "/assets/logo.svg", alt: "", width: 56, height: 56 }),
      h("span", { className: "wordmark" }, "Filon"),
      h("p", {}, t("app.tagline"))),
    form, languageSwitch(relabel));
  return { element: page, focus: () => email.focus() };
}
