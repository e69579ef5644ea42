// Sending files: a first look at a list, then the list itself with its progress.

import { Problem, refusal } from "./api.js";
import { t } from "./language.js";

const LOOK = 64 * 1024;

/** What the edge recognises in the file, from its first 64 KiB. */
export async function preview(file) {
  const isWorkbook = /\.(xlsx?|ods)$/i.test(file.name); // which no part can be read of
  const beginning = isWorkbook ? file : file.slice(0, LOOK);
  const { promise } = upload("/api/imports/preview", beginning, file.name, () => {});
  return promise;
}

/** Sends the whole list; `progressed` hears the share that is sent, 0 to 1. */
export const importList = (campaignId, file, progressed) =>
  upload(`/api/campaigns/${encodeURIComponent(campaignId)}/import`, file, file.name, progressed);

function upload(path, content, name, progressed) {
  const request = new XMLHttpRequest();
  const promise = new Promise((resolve, reject) => {
    request.open("POST", path);
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) progressed(event.loaded / event.total);
    });
    request.addEventListener("load", () => {
      const body = request.response ?? {};
      if (request.status >= 300) return reject(refusal(request.status, body));
      resolve(body);
    });
    request.addEventListener("error", () => reject(new Problem(0)));
    request.addEventListener("abort", () => reject(new Problem(0, { detail: t("import.stopped") })));
    const form = new FormData();
    form.append("file", content, name);
    request.send(form);
  });
  return { promise, abort: () => request.abort() };
}
