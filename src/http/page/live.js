// What is new: server-sent events, with a switch, and without wearing anybody out when they fail.

import { byId } from "./dom.js";

const AGAIN = { first: 1_000, longest: 15_000 };

/**
 * Follows the stream. `changed` is told that something is new, `connected` that the stream stands (again), `lost` that it does not.
 */
export function startLive({ changed, connected, lost }) {
  const button = byId("live");
  let source;
  let wanted = true;
  let pause = AGAIN.first;
  let waiting;

  const show = (state, label, title) => {
    button.dataset.state = state;
    button.querySelector(".label").textContent = label;
    button.setAttribute("aria-pressed", String(wanted));
    button.title = title;
  };
  const close = () => {
    clearTimeout(waiting);
    source?.close();
    source = undefined;
  };
  const again = () => {
    close();
    if (!wanted || document.hidden) return;
    show("lost", "Reconnecting", "The connection is lost; trying again. Press to stop.");
    lost();
    waiting = setTimeout(open, pause);
    pause = Math.min(pause * 2, AGAIN.longest);
  };
  function open() {
    close();
    source = new EventSource("/api/v1/stream");
    source.addEventListener("hello", () => {
      pause = AGAIN.first;
      show("on", "Live", "New articles and totals come in by themselves. Press to pause.");
      connected();
    });
    for (const kind of ["articles", "pairs"]) source.addEventListener(kind, changed);
    // We were too slow: everything is asked for anew once the stream stands again.
    source.addEventListener("lagged", again);
    source.addEventListener("error", again);
  }
  button.addEventListener("click", () => {
    wanted = !wanted;
    if (wanted) open();
    else {
      close();
      show("off", "Paused", "Nothing changes by itself. Press to go live again.");
    }
  });
  // A page that nobody sees takes nobody's place.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) close();
    else if (wanted) open();
  });
  show("wait", "Connecting", "");
  open();
}
