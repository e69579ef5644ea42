// The live stream: comes back for ever, and goes on from the last cursor it saw.

const FIRST_DELAY = 500;
const LONGEST_DELAY = 20_000;
const SILENCE = 60_000;

/** Longer each time, and never the same for all browsers that lost the same edge. */
const pause = (attempt) =>
  Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** attempt) * (0.5 + Math.random() / 2);

/**
 * `heard` gets each frame; `stateChanged` gets "live", "waiting" or "off"; `unwelcome` is called
 * when the edge says that the session is over.
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
    socket = new WebSocket(address);
    socket.addEventListener("message", ({ data }) => take(JSON.parse(data)));
    socket.addEventListener("close", ({ code }) => lost(code));
    listenForSilence();
  }

  function take(frame) {
    listenForSilence();
    if (frame.type === "READY") ready();
    if (frame.type === "PONG" || frame.type === "RESET") resuming = false;
    // Until the replay begins, what arrives is later than what we missed, and will come again.
    if (resuming) return;
    if (frame.cursor) cursor = frame.cursor;
    heard(frame);
  }

  function ready() {
    attempt = 0;
    stateChanged("live");
    resuming = cursor !== null;
    if (!resuming) return;
    send("SUBSCRIBE", { after: cursor });
    send("PING", {}); // its answer says that the subscription stands
  }

  const send = (type, payload) => socket.send(JSON.stringify({ type, payload }));

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
    watch = setTimeout(() => here.close(), SILENCE);
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
