// The live stream: comes back for ever, and goes on from the last cursor it saw.

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 20_000;
const SILENCE_MS = 60_000;
const REFUSED = "INVALID_SUBSCRIPTION";

/** Longer each time, and never the same for all browsers that lost the same edge. */
const pause = (attempt) =>
  Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** attempt) * (0.5 + Math.random() / 2);

/**
 * `heard` gets each frame; `stateChanged` gets "live", "waiting" or "off"; `unwelcome` is called
 * when the edge says that the session is over.
 *
 * The address says after which cursor to go on, so that nothing is sent: first comes what was
 * missed, then READY with `resumed`. Only from then on is what is shown live.
 */
export function openStream({ heard, stateChanged, unwelcome }) {
  let socket = null;
  let cursor = null;
  let attempt = 0;
  let timer = 0;
  let watch = 0;
  let resuming = false;
  let closed = false;

  function connect() {
    clearTimeout(timer);
    const address = new URL("/ws", location.href);
    address.protocol = address.protocol.replace("http", "ws");
    resuming = cursor !== null;
    if (resuming) address.searchParams.set("after", cursor);
    socket = new WebSocket(address);
    socket.addEventListener("message", ({ data }) => take(JSON.parse(data)));
    socket.addEventListener("close", ({ code }) => lost(code));
    listenForSilence();
  }

  function take(frame) {
    listenForSilence();
    if (frame.type === "ERROR" && frame.payload.code === REFUSED) return startOver();
    if (frame.type === "RESET") resuming = false;
    if (frame.type === "READY") ready(frame.payload);
    if (frame.cursor) cursor = frame.cursor;
    return heard(frame);
  }

  function ready({ resumed }) {
    if (resuming && !resumed) return;
    resuming = false;
    attempt = 0;
    stateChanged("live");
  }

  /** Where the edge refuses to go on from our cursor, all is read again. */
  function startOver() {
    cursor = null;
    heard({ type: "RESET", payload: {} });
    socket.close();
  }

  function lost(code) {
    clearTimeout(watch);
    if (closed) return;
    stateChanged("waiting");
    if (code === 4401 || code === 4403) unwelcome();
    timer = setTimeout(connect, pause(attempt++));
  }

  function listenForSilence() {
    clearTimeout(watch);
    const here = socket;
    watch = setTimeout(() => here.close(), SILENCE_MS);
  }

  const atOnce = () => {
    if (socket.readyState === WebSocket.CLOSED) connect();
  };
  addEventListener("online", atOnce);
  connect();

  return function close() {
    closed = true;
    removeEventListener("online", atOnce);
    clearTimeout(timer);
    clearTimeout(watch);
    socket.close();
    stateChanged("off");
  };
}
