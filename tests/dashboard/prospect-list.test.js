import assert from "node:assert/strict";
import { test } from "node:test";

import "./browser.js";

import { address, csvAddress } from "../../services/dashboard/static/prospect-list.js";

test("a question names only what is asked", () => {
  const query = { sort: "-score", page: 2, status: "", minScore: "", q: "  " };
  assert.equal(address("c-1", query), "/api/prospects?campaignId=c-1&sort=-score&limit=50&page=2");
});

test("filters and words are part of the question", () => {
  const query = { sort: "name", page: 1, status: "qualified", minScore: 70, q: " Été " };
  assert.match(address("c-1", query), /total=true&status=qualified&minScore=70&q=%C3%89t%C3%A9$/);
});

test("a spreadsheet holds what the list shows, on all its pages", () => {
  const query = { sort: "name", page: 3, status: "qualified", minScore: 70, q: "paris" };
  assert.equal(csvAddress("c-1", query),
    "/api/campaigns/c-1/prospects.csv?sort=name&status=qualified&minScore=70&q=paris");
});
