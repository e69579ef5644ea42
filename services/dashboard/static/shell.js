// What stands around every view: the bar above, the campaigns beside.

import { h, icon, say } from "./dom.js";
import { choose, current, t } from "./language.js";
import { campaignList } from "./campaign-list.js";
import { mayManage } from "./rights.js";
import { listen, state } from "./store.js";

/** FR | EN; `relabel` draws the page anew. */
export function languageSwitch(relabel) {
  const button = (language, name) =>
    h("button", {
      type: "button", lang: language, title: name, "aria-pressed": String(current() === language),
      on: { click: () => { choose(language); relabel(); } },
    }, h("span", {}, language.toUpperCase()), h("span", { className: "unseen" }, ` · ${name}`));
  return h("div", { className: "languages", role: "group", "aria-label": t("app.language") },
    button("fr", "Français"), button("en", "English"));
}

function connection() {
  const words = h("span", {});
  const light = h("span", { className: "connection", role: "status" }, h("i", {}), words);
  const show = () => {
    light.dataset.state = state.connection;
    say(words, t(`connection.${state.connection}`));
  };
  show();
  return { element: light, stop: listen("connection", show) };
}

/** The frame of a signed-in page; `show(view)` changes what is in its middle. */
export function shell({ leave, relabel }) {
  const main = h("main", { id: "main", tabIndex: -1 });
  const light = connection();
  const campaigns = campaignList();
  const link = (name, drawing, words) =>
    h("a", { className: "button bare", href: `#/${name}`, title: words, "aria-label": words }, icon(drawing));
  const links = [
    ...(mayManage() ? [link("people", "people", t("people.title"))] : []),
    link("me", "person", t("account.title")),
  ];
  const bar = h("header", { className: "bar" },
    h("a", { className: "brand", href: "#/" },
      h("img", { src: "/assets/logo.svg", alt: "", width: 28, height: 28 }),
      h("span", { className: "wordmark" }, "Filon")),
    light.element,
    languageSwitch(relabel),
    ...links,
    h("button", {
      type: "button", className: "bare out", title: `${t("login.out")} (${state.user.email ?? ""})`,
      "aria-label": t("login.out"), on: { click: leave },
    }, icon("out")));
  const skip = h("a", {
    className: "skip", href: "#main",
    on: { click: (event) => { event.preventDefault(); main.focus(); } },
  }, t("app.skip"));
  const element = h("div", { className: "shell" }, skip, bar, main);
  return {
    element,
    /** On a phone the campaigns are what home shows; elsewhere they stand beside the view. */
    show(view, { isHome, selected, name }) {
      const phone = matchMedia("(max-width: 760px)").matches;
      campaigns.select(selected);
      main.replaceChildren(phone && isHome ? campaigns.element : view);
      if (!phone) main.before(campaigns.element);
      else if (!isHome) campaigns.element.remove();
      for (const link of links) {
        if (link.hash === `#/${name}`) link.setAttribute("aria-current", "page");
        else link.removeAttribute("aria-current");
      }
    },
    stop() {
      light.stop();
      campaigns.stop();
    },
  };
}
