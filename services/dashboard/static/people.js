// The organisation's people, for its administrators: who they are, what they may do, who comes and goes.

import { get, patch, post } from "./api.js";
import { arrange, h, icon } from "./dom.js";
import { suggest, t } from "./language.js";
import { attempt, notice } from "./notices.js";
import { personForm } from "./person-form.js";
import { personRow } from "./person-row.js";
import { state } from "./store.js";

export function peoplePage({ relabel }) {
  const rows = new Map();
  const body = h("tbody", {});
  const heads = ["email", "role", "since"].map((name) => h("th", { scope: "col" }, t(`people.${name}`)));
  const table = h("table", { className: "people" },
    h("caption", { className: "unseen" }, t("people.title")),
    h("thead", {}, h("tr", {}, ...heads, h("th", { scope: "col" }, h("span", { className: "unseen" }, t("people.actions"))))),
    body);
  const element = h("article", { className: "settings" },
    h("header", {}, h("h1", {}, t("people.title")),
      h("p", { className: "hint" }, t("people.of", { org: state.user.org }))),
    h("section", { className: "panel", "aria-label": t("people.title") }, table),
    personForm({ added }), organisation(relabel));

  async function read() {
    try {
      draw(await get("/api/users"));
    } catch (problem) {
      if (problem.status !== 401) notice(problem.message, "bad");
    }
  }

  function draw(people) {
    for (const person of people) {
      if (!rows.has(person.id)) rows.set(person.id, personRow({ changed: read }));
      rows.get(person.id).show(person);
    }
    arrange(body, people.map(({ id }) => rows.get(id).element));
  }

  function added(person) {
    notice(t("people.added", { email: person.email }));
    read();
  }

  read();
  return { element, title: t("people.title") };
}

/** Which language it speaks to whoever chose none. */
function organisation(relabel) {
  const choice = h("select", { id: "org-language", disabled: true, on: { change: () => attempt(choice, save) } },
    ...["fr", "en"].map((value) => h("option", { value, lang: value }, t(`people.language.${value}`))));

  async function save() {
    const { language } = await patch("/api/organisation", { language: choice.value });
    const { user } = await post("/api/auth/refresh");
    state.user = user;
    suggest(user.language);
    notice(t("people.language.saved", { language: t(`people.language.${language}`) }));
    relabel();
  }

  get("/api/organisation").then(({ language }) => {
    choice.value = language;
    choice.disabled = false;
  }, () => {}); // it stays as it is, and can't be changed
  return h("section", { className: "panel fields" },
    h("h2", {}, icon("companies"), " ", t("people.organisation")),
    h("div", { className: "field" }, h("label", { htmlFor: choice.id }, t("people.language")), choice,
      h("p", { className: "hint" }, t("people.language.hint"))));
}
