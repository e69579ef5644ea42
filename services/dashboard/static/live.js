// Each frame of the stream, put where the page keeps what it knows.

import { get } from "./api.js";
import { changed, state } from "./store.js";

const CAMPAIGN_FIELDS = ["name", "targeting", "sources", "threshold", "budget", "status"];
const NOTHING_YET = {
  prospectsFound: 0, prospectsScored: 0, prospectsQualified: 0, prospectsFailed: 0,
};

const watchers = new Set();
/** Campaigns whose model is being asked for. */
const asked = new Set();

/** Hears each prospect as it changes, and `null` when all that it showed must be read again. */
export function watchProspects(heard) {
  watchers.add(heard);
  return () => watchers.delete(heard);
}

const tell = (prospect, campaignId) => watchers.forEach((heard) => heard(prospect, campaignId));

let reading = 0;
const held = [];

/** What the stream tells while REST is read comes on top of its answer, in its order. */
async function underneath(read) {
  reading += 1;
  try {
    return await read();
  } finally {
    reading -= 1;
    if (!reading) held.splice(0).forEach(tellCampaignOrAgent);
  }
}

/** Reads campaigns and agents anew; prospects are read again by whoever shows them. */
export const refresh = () => underneath(readAll);

async function readAll() {
  const [campaigns, agents] = await Promise.all([get("/api/campaigns"), get("/api/agents")]);
  const known = (campaign) => ({ model: state.campaigns.get(campaign.id)?.model, ...campaign });
  state.campaigns = new Map(campaigns.map((campaign) => [campaign.id, known(campaign)]));
  state.agents = new Map(agents.map((agent) => [agent.id, agent]));
  changed("campaigns");
  changed("agents");
  tell(null, null);
}

export function takeCampaign(campaign) {
  state.campaigns.set(campaign.id, { ...state.campaigns.get(campaign.id), ...campaign });
  changed("campaigns");
}

export function takeAgent(agent) {
  state.agents.set(agent.id, { ...state.agents.get(agent.id), ...agent });
  changed("agents");
}

/** Tells of one fact, or of the newest figures; what the page does not know it leaves alone. */
export function apply(frame) {
  const { type, payload } = frame;
  if (type === "PROSPECT_FOUND" || type === "PROSPECT_UPDATED") {
    return tell({ ...payload.prospect, failure: payload.failure }, payload.campaignId);
  }
  return reading ? held.push(frame) : tellCampaignOrAgent(frame);
}

function tellCampaignOrAgent({ type, payload, at }) {
  if (type === "AGENT_ACTIVITY") return activity(payload);
  if (type === "CAMPAIGN_METRICS_UPDATE") return metrics(payload);
  if (type.startsWith("CAMPAIGN_")) return campaign(type, payload, at);
  return undefined;
}

function activity({ campaignId, agentId, activity: currentTask, status }) {
  const known = state.agents.get(agentId);
  takeAgent({ id: agentId, campaignId, role: known?.role ?? agentId.split("-")[0], currentTask, status });
}

function metrics({ campaignId, metrics: figures }) {
  const known = state.campaigns.get(campaignId);
  if (known) takeCampaign({ id: campaignId, metrics: figures ?? known.metrics });
}

function campaign(type, payload, at) {
  const id = payload.campaignId;
  const known = state.campaigns.get(id);
  if (!known && type !== "CAMPAIGN_CREATED") return readQuietly(id);
  const told = CAMPAIGN_FIELDS.filter((field) => payload[field] !== undefined);
  const change = Object.fromEntries(told.map((field) => [field, payload[field]]));
  if (!known) Object.assign(change, { createdAt: at, startedAt: null, metrics: NOTHING_YET });
  if (type === "CAMPAIGN_STARTED") {
    change.startedAt = at;
    payload.agents.forEach(takeAgent);
  }
  takeCampaign({ id, ...change });
  if (type === "CAMPAIGN_IMPORTED") tell(null, id);
  if (type === "CAMPAIGN_COMPLETED" || type === "CAMPAIGN_IMPORTED") readQuietly(id);
  return undefined;
}

/** A campaign as REST knows it now, with its figures at rest, which no frame tells. */
export const readCampaign = (id) =>
  underneath(async () => takeCampaign(await get(`/api/campaigns/${encodeURIComponent(id)}`)));

/** No person asked for it: the next refresh shows what this could not. */
const readQuietly = (id) => readCampaign(id).catch(() => {});

/** Which model scored a campaign's prospects: a campaign may not say so itself, a prospect does. */
export async function learnModel(campaignId, prospects) {
  const scored = prospects.find((one) => one.factors?.length);
  const known = state.campaigns.get(campaignId);
  if (!scored || !known || known.model || asked.has(campaignId)) return;
  asked.add(campaignId);
  try {
    const { model } = await get(`/api/prospects/${encodeURIComponent(scored.id)}`);
    takeCampaign({ id: campaignId, model });
  } catch {
    asked.delete(campaignId); // the next prospect says it
  }
}

/** Agents of a campaign, as REST knows them now. */
export const readAgents = (campaignId) =>
  underneath(async () => {
    const agents = await get(`/api/agents?campaignId=${encodeURIComponent(campaignId)}`);
    agents.forEach(takeAgent);
  });
