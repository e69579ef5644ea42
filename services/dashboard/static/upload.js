// Sending files: a first look at a list, then the list itself with its progress.

import { Problem, refusal } from "./api.js";
import { t } from "./language.js";

const LOOK = 64 * 1024;

/**
 * What the edge recognises in the file, from its first 64 KiB; `columns` is what a person said that
 * columns mean, by header.
 */
export async function preview(file, columns) {
  const isWorkbook = /\.(xlsx?|ods)$/i.test(file.name); // which no part can be read of
  const beginning = isWorkbook ? file : file.slice(0, LOOK);
  const { promise } = upload("/api/imports/preview", form(beginning, file.name, { columns }), () => {});
  return promise;
}

/** Sends the whole list; `progressed` hears the share that is sent, 0 to 1. */
export const importList = (campaignId, file, columns, progressed) =>
  upload(`/api/campaigns/${encodeURIComponent(campaignId)}/import`, form(file, file.name, { columns }), progressed);

/** The lines that were refused, as a file of their own. */
export async function refusedLines(file, columns, lines) {
  const body = form(file, file.name, { columns, lines });
  const answer = await fetch("/api/imports/refused", { method: "POST", body }).catch(() => {
    throw new Problem(0);
  });
  if (!answer.ok) throw refusal(answer.status, await answer.json().catch(() => ({})));
  return answer.blob();
}

function form(content, name, fields) {
  const made = new FormData();
  made.append("file", content, name);
  for (const [field, value] of Object.entries(fields)) made.append(field, JSON.stringify(value));
  return made;
}

function upload(path, body, progressed) {
  const request = new XMLHttpRequest();
  const promise = new Promise((resolve, reject) => {
    request.open("POST", path);
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) progressed(event.loaded / event.total);
    });
    request.addEventListener("load", () => {
      const answer = request.response ?? {};
      if (request.status >= 300) return reject(refusal(request.status, answer));
      resolve(answer);
    });
    request.addEventListener("error", () => reject(new Problem(0)));
    request.addEventListener("abort", () => reject(new Problem(0, { detail: t("import.stopped") })));
    request.send(body);
  });
  return { promise, abort: () => request.abort() };
}
