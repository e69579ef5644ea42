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
  /** The campaign that a failed import left behind, not to be made twice. */
  madeId: null,
});

let draft = emptied();

export const currentDraft = () => draft;
export const forgetDraft = () => (draft = emptied());

/** As `POST /api/campaigns` takes it: what is empty is not asked. */
export function asRequest({ name, sources, threshold, targeting, maxProspects }) {
  const asked = Object.entries(targeting).filter(([, values]) => values.length);
  const wanted = Object.fromEntries(asked);
  if (maxProspects) wanted.maxProspects = maxProspects;
  return { name: name.trim(), sources, threshold, targeting: wanted };
}
