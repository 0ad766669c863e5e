"use strict";
// Shows what happens in the emulator, and asks it to fail. Data is only ever set as text.

const byId = (id) => document.getElementById(id);

async function ask(name, body) {
  const options = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
  const answer = await fetch("/_emulator/" + name, options);
  const value = await answer.json();
  if (!answer.ok) throw new Error(value.error);
  return value;
}

function say(text) {
  byId("said").textContent = text;
}

// What a button asks for: name and body, and the words for having done it.
async function change(name, body, words) {
  try {
    await ask(name, body);
    say(words);
  } catch (error) {
    say("Not done: " + error.message);
  }
  await refresh();
}

function strikes() {
  const times = Math.max(1, Math.round(Number(byId("times").value)) || 1);
  return { service: byId("service").value, count: times };
}

function forWhom({ service, count }) {
  const to = { catalogue: "to the catalogue", token: "to the token service", download: "for a file" }[service];
  return count === 1 ? "the next request " + to : "the next " + count + " requests " + to;
}

for (const button of document.querySelectorAll("[data-fault]")) {
  button.addEventListener("click", () => {
    const who = strikes();
    const body = { ...JSON.parse(button.dataset.body), ...who };
    change(button.dataset.fault, body, button.textContent + ": " + forWhom(who) + ".");
  });
}

for (const button of document.querySelectorAll("[data-control]")) {
  button.addEventListener("click", () => {
    change(button.dataset.control, JSON.parse(button.dataset.body), button.textContent + ": done.");
  });
}

byId("send-error").addEventListener("click", () => {
  const chosen = JSON.parse(byId("error").value);
  const who = { service: chosen.service, count: strikes().count };
  const words = byId("error").selectedOptions[0].textContent;
  change("error", { ...chosen, ...who }, words + ": " + forWhom(who) + ".");
});

byId("set-quota").addEventListener("click", () => {
  const number = (id) => (byId(id).value === "" ? null : Number(byId(id).value));
  change("quota", { calls_per_second: number("per-second"), calls_per_day: number("per-day") }, "Quota: set.");
});

for (const button of document.querySelectorAll(".copy")) {
  const text = byId(button.dataset.of);
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text.textContent);
      button.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(text);
      button.textContent = "Selected";
    }
    setTimeout(() => { button.textContent = "Copy"; }, 1500);
  });
}

const count = new Intl.NumberFormat("en").format;

function showCounters(counters) {
  for (const place of document.querySelectorAll("[data-counter]")) {
    place.textContent = count(counters[place.dataset.counter]);
  }
  for (const place of document.querySelectorAll("[data-statuses]")) {
    const some = Object.entries(counters.statuses).filter(([status]) => status.startsWith(place.dataset.statuses));
    place.textContent = count(some.reduce((sum, [, times]) => sum + times, 0));
  }
  for (const place of document.querySelectorAll("[data-operation]")) {
    const times = counters.operations[place.dataset.operation] || 0;
    place.textContent = times === 1 ? "1 call" : count(times) + " calls";
  }
}

function showState(state) {
  const shops = state.not_eligible.length;
  byId("eligible").textContent = shops === 0 ? "yes" : "not in " + shops + (shops === 1 ? " shop" : " shops");
  byId("credentials").textContent = state.credentials_accepted ? "accepted" : "refused";
  byId("faults-left").textContent = count(state.faults_left);
  const { left_now: now, left_in_day: day } = state.quota;
  byId("quota-left").textContent = now === null && day === null
    ? "no limit"
    : [now === null ? "" : count(now) + " now", day === null ? "" : count(day) + " today"].filter(Boolean).join(", ");
  byId("now").textContent = state.now.slice(0, 10) + " " + state.now.slice(11, 19);
}

function showLog(entries) {
  const rows = byId("log").rows;
  const newestFirst = entries.reverse();
  for (let at = 0; at < rows.length; at += 1) {
    const entry = newestFirst[at];
    const texts = entry
      ? [entry.number, entry.at.slice(11, 19), entry.status, entry.method + " " + entry.path, typeof entry.body === "string" ? entry.body : JSON.stringify(entry.body)]
      : ["", "", "", at === 0 ? "None so far" : "", ""];
    texts.forEach((text, column) => {
      const cell = rows[at].cells[column];
      cell.textContent = text;
      cell.title = column > 2 ? text : "";
    });
    rows[at].cells[2].dataset.kind = entry && entry.status >= 400 ? "bad" : "";
  }
}

function showLive(state, words) {
  const live = byId("live");
  // Said once, not every second.
  if (live.dataset.state === state) return;
  live.dataset.state = state;
  live.textContent = words;
}

let refreshing = false;

async function refresh() {
  if (refreshing) return;
  refreshing = true;
  try {
    const rows = byId("log").rows.length;
    const [counters, state, log] = await Promise.all([ask("counters"), ask("state"), ask("log?last=" + rows)]);
    showCounters(counters);
    showState(state);
    showLog(log);
    showLive("live", "Running");
  } catch {
    showLive("gone", "Not answering");
  } finally {
    refreshing = false;
  }
}

const EVERY = 1000;
setInterval(() => { if (document.visibilityState === "visible") refresh(); }, EVERY);
document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") refresh(); });
refresh();
