// What the page knows, and who is told when it changes: at most once a frame.

export const state = {
  user: null,
  campaigns: new Map(),
  agents: new Map(),
  connection: "off",
};

const listeners = new Map();
const dirty = new Set();
let scheduled = false;

/** Calls `heard` once a frame while `topic` keeps changing; returns how to stop. */
export function listen(topic, heard) {
  if (!listeners.has(topic)) listeners.set(topic, new Set());
  listeners.get(topic).add(heard);
  return () => listeners.get(topic).delete(heard);
}

/** A thousand changes before the next frame are one. */
export function changed(topic) {
  dirty.add(topic);
  if (scheduled) return;
  scheduled = true;
  requestAnimationFrame(flush);
}

function flush() {
  scheduled = false;
  const topics = [...dirty];
  dirty.clear();
  for (const topic of topics) for (const heard of [...(listeners.get(topic) ?? [])]) heard();
}

export function forget() {
  state.user = null;
  state.campaigns.clear();
  state.agents.clear();
}

export const agentsOf = (campaignId) =>
  [...state.agents.values()].filter((agent) => agent.campaignId === campaignId);

export const newestFirst = () =>
  [...state.campaigns.values()].sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
