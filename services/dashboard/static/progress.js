// How far a campaign is: qualified, scored and failed, of what was found.

import { h } from "./dom.js";

const share = (part, whole) => (whole ? Math.min(1, part / whole) : 0);

/** Scored or failed, of what was found so far. */
export const doneShare = (metrics) =>
  share(metrics.prospectsScored + metrics.prospectsFailed, metrics.prospectsFound);

/** Decoration: the figures that it draws stand beside it in words. */
export function progressBar() {
  const parts = ["qualified", "scored", "failed"].map((name) => h("i", { className: name }));
  const element = h("span", { className: "progress", "aria-hidden": "true" }, ...parts);
  return {
    element,
    show({ prospectsFound, prospectsScored, prospectsQualified, prospectsFailed }) {
      const counts = [prospectsQualified, prospectsScored - prospectsQualified, prospectsFailed];
      counts.forEach((count, at) => {
        parts[at].style.width = `${100 * share(count, prospectsFound)}%`;
      });
    },
  };
}
