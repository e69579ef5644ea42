import assert from "node:assert/strict";
import { test } from "node:test";

import { NOTHING_ASKED, campaignHash, parsed, queryOf } from "../../services/dashboard/static/route.js";

test("an address names a view, and what is asked of it", () => {
  const { name, id, asked } = parsed("#/c/c-1?status=qualified&q=%C3%89t%C3%A9&page=3");
  assert.deepEqual([name, id], ["c", "c-1"]);
  assert.deepEqual(queryOf(asked), { status: "qualified", minScore: 0, q: "Été", sort: "-score", page: 3 });
});

test("what is as usual is not in the address", () => {
  assert.equal(campaignHash("c 1", NOTHING_ASKED), "#/c/c%201");
  assert.equal(campaignHash("c-1", { ...NOTHING_ASKED, minScore: 70, sort: "name" }), "#/c/c-1?minScore=70&sort=name");
});

test("an address says the same after it was written", () => {
  const query = { status: "failed", minScore: 5, q: "a & b = 1", sort: "-foundAt", page: 2 };
  assert.deepEqual(queryOf(parsed(campaignHash("c-1", query)).asked), query);
});

test("what an address can't mean is as if it were not there", () => {
  for (const hash of ["", "#", "#/", "#/c/%E0%A4%A?page=-1&status=no&minScore=x&sort=;drop"]) {
    assert.deepEqual(queryOf(parsed(hash).asked), { ...NOTHING_ASKED });
  }
});
