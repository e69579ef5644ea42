import assert from "node:assert/strict";
import { test } from "node:test";

const frames = [];
globalThis.requestAnimationFrame = (draw) => frames.push(draw);
const nextFrame = () => frames.splice(0).forEach((draw) => draw());

const { changed, listen, newestFirst, state } = await import("../../services/dashboard/static/store.js");

test("a thousand changes before the next frame are one", () => {
  let heard = 0;
  const stop = listen("campaigns", () => (heard += 1));
  for (let n = 0; n < 1000; n += 1) changed("campaigns");
  nextFrame();
  assert.equal(heard, 1);
  stop();
});

test("who stopped listening hears nothing more", () => {
  let heard = 0;
  listen("agents", () => (heard += 1))();
  changed("agents");
  nextFrame();
  assert.equal(heard, 0);
});

test("campaigns are shown newest first", () => {
  state.campaigns = new Map([
    ["c-1", { id: "c-1", createdAt: "2026-01-01T00:00:00Z" }],
    ["c-2", { id: "c-2", createdAt: "2026-02-01T00:00:00Z" }],
  ]);
  assert.deepEqual(newestFirst().map((campaign) => campaign.id), ["c-2", "c-1"]);
});
