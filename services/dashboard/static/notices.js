// Short messages in a corner, and what only a screen reader is told.

import { h, icon, say } from "./dom.js";
import { t } from "./language.js";

const LASTS = 6000;
const MOST = 4;

/** `kind` is "good" or "bad"; a bad one stays until it is closed. */
export function notice(text, kind = "good") {
  const corner = document.getElementById("notices");
  const dismiss = h("button", {
    type: "button", className: "bare", "aria-label": t("app.close"), on: { click: () => box.remove() },
  }, icon("close"));
  const box = h("div", { className: `notice ${kind}` },
    icon(kind === "bad" ? "alert" : "check"), h("p", {}, text), dismiss);
  corner.append(box);
  while (corner.children.length > MOST) corner.firstElementChild.remove();
  if (kind !== "bad") setTimeout(() => box.remove(), LASTS);
}

export const announce = (text) => say(document.getElementById("announcer"), text);

/** Runs what a person asked for; a refusal is shown, and the button rests meanwhile. */
export async function attempt(button, work) {
  button.disabled = true;
  button.setAttribute("aria-busy", "true");
  try {
    return await work();
  } catch (problem) {
    if (problem.status !== 401) notice(problem.message, "bad");
    return undefined;
  } finally {
    button.disabled = false;
    button.removeAttribute("aria-busy");
  }
}
