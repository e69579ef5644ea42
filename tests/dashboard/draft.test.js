import assert from "node:assert/strict";
import { test } from "node:test";

import { asRequest, currentDraft, forgetDraft } from "../../services/dashboard/static/draft.js";

test("what was left empty is not asked for", () => {
  forgetDraft();
  const draft = currentDraft();
  draft.name = "  Paris  ";
  draft.targeting.departements = ["75"];
  assert.deepEqual(asRequest(draft), {
    name: "Paris", sources: ["sample"], threshold: 80, targeting: { departements: ["75"] },
  });
});

test("a maximum is part of the targeting", () => {
  forgetDraft();
  const draft = currentDraft();
  draft.maxProspects = 50;
  assert.deepEqual(asRequest(draft).targeting, { maxProspects: 50 });
});

test("a draft that was forgotten begins anew", () => {
  currentDraft().name = "Lyon";
  forgetDraft();
  assert.equal(currentDraft().name, "");
});
