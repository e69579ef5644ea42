// A list on its way into a campaign, and what became of each line.

import { h, icon, say } from "./dom.js";
import { attempt } from "./notices.js";
import { dialog } from "./dialog.js";
import { fileField } from "./file-field.js";
import { percent, t } from "./language.js";
import { listen, state } from "./store.js";
import { importList, refusedLines } from "./upload.js";

const MOST_LISTED = 200;

/** Sends the list and draws how far it is into `place`; answers the report. */
export async function sendList(campaignId, { file, columns }, place) {
  const bar = h("progress", { max: 1, value: 0, "aria-label": t("import.sending", { share: "" }) });
  const words = h("span", {});
  const found = () => state.campaigns.get(campaignId)?.metrics?.prospectsFound ?? 0;
  const before = found();
  let sent = false;
  const show = (share) => {
    bar.value = share;
    say(words, t("import.sending", { share: percent(share) }));
    sent = share === 1;
    if (sent) read();
  };
  /** While the edge reads, the stream tells how many it has found. */
  const read = () => {
    if (!sent) return;
    bar.removeAttribute("value");
    const n = found() - before;
    say(words, n > 0 ? t("import.reading", { n }) : t("import.working"));
  };
  const stopListening = listen("campaigns", read);
  const { promise, abort } = importList(campaignId, file, columns, show);
  const stop = h("button", { type: "button", on: { click: abort } }, t("import.stop"));
  show(0);
  place.replaceChildren(bar, words, stop);
  try {
    return await promise;
  } finally {
    stopListening();
    place.replaceChildren();
  }
}

/** Line numbers, each with what is to be said of it. */
const lineTable = (rows) =>
  rows.length ? h("div", { className: "scroll", tabIndex: 0 }, h("table", { className: "refused" },
    h("tbody", {}, ...rows.map(([line, text]) =>
      h("tr", {}, h("th", { scope: "row" }, t("import.line", { line })), h("td", {}, text)))))) : null;

/**
 * What was added, what was there already with the prospect that each line joined, and each refused
 * line with its reason.
 */
export function importReport({ accepted, duplicates, refused, refusedCount, merged }, list) {
  const all = refusedCount;
  const shown = refused.slice(0, MOST_LISTED);
  const rest = all - shown.length;
  dialog(t("import.report"),
    h("ul", { className: "tally" },
      h("li", { className: "good" }, icon("check"), t("import.accepted", { n: accepted })),
      h("li", {}, t("import.duplicates", { n: duplicates })),
      h("li", { className: all ? "bad" : "" }, t("import.refused", { n: all }))),
    lineTable(shown.map(({ line, reason }) => [line, reason])),
    rest > 0 ? h("p", { className: "hint" }, t("import.more", { n: rest })) : null,
    all ? correctable(list, refused) : null,
    lineTable(merged.slice(0, MOST_LISTED).map(({ line, company }) => [line, `→ ${company}`])));
}

/** Saves the refused lines: they are corrected in a spreadsheet and sent again. */
function correctable({ file, columns }, refused) {
  const save = h("button", { type: "button", on: { click: () => attempt(save, download) } },
    icon("down"), t("import.save"));
  async function download() {
    const address = URL.createObjectURL(await refusedLines(file, columns, refused));
    h("a", { href: address, download: `${file.name.replace(/\.\w+$/, "")}.${t("import.save.name")}.csv` }).click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
  }
  return h("div", { className: "buttons" }, save, h("p", { className: "hint" }, t("import.save.hint")));
}

/** Asks for a list for a campaign that is there already. */
export function importDialog(campaignId) {
  let list = null;
  const place = h("div", { className: "sending", "aria-live": "polite" });
  const go = h("button", {
    type: "button", className: "primary", disabled: true,
    on: { click: () => attempt(go, send) },
  }, icon("up"), t("import.go"));
  const box = dialog(t("import.title"),
    fileField({ chosen: (wanted) => { list = wanted; go.disabled = !wanted; } }),
    place, h("div", { className: "buttons" }, go));

  async function send() {
    const report = await sendList(campaignId, list, place);
    box.close();
    importReport(report, list);
  }
}
