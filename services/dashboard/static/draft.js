// What a person has filled in so far: it outlives a change of language and a refusal.

const LISTS = [
  "activities", "sections", "sections2025", "departements", "regions", "postalCodes", "headcountBands",
  "categories", "jobTitles", "seniorities", "excludeSirens", "excludeDomains",
];

const emptied = () => ({
  name: "",
  sources: ["sample"],
  threshold: 80,
  targeting: Object.fromEntries(LISTS.map((list) => [list, []])),
  maxProspects: null,
  /** The file, and what a person said that its columns mean. */
  list: null,
  begun: false,
  /** The campaign that a failed import left behind, not to be made twice. */
  madeId: null,
});

/** Whom the sample's companies can be told apart by: what Filon is for, seen at once. */
const EXAMPLE = {
  sections: ["J", "M"], headcountBands: ["11", "12"], regions: ["11", "84"], seniorities: ["executive", "director"],
};

let draft = emptied();

export const currentDraft = () => draft;
export const forgetDraft = () => (draft = emptied());

/** The form's first draft asks what the sample can answer; a person changes or empties it. */
export function beginWithExample() {
  if (draft.begun) return;
  draft.begun = true;
  for (const [list, values] of Object.entries(EXAMPLE)) draft.targeting[list] = [...values];
}

/** Whether it was taken away: the example says nothing of one's own list. */
export function withoutExample() {
  const asked = Object.fromEntries(Object.entries(draft.targeting).filter(([, values]) => values.length));
  const same = JSON.stringify(Object.entries(asked).sort()) === JSON.stringify(Object.entries(EXAMPLE).sort());
  if (same) draft.targeting = emptied().targeting;
  return same;
}

/** As `POST /api/campaigns` takes it: what is empty is not asked. */
export function asRequest({ name, sources, threshold, targeting, maxProspects }) {
  const asked = Object.entries(targeting).filter(([, values]) => values.length);
  const wanted = Object.fromEntries(asked);
  if (maxProspects) wanted.maxProspects = maxProspects;
  return { name: name.trim(), sources, threshold, targeting: wanted };
}
