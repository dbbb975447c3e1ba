// Shows what GET /_local/outbox has, every two seconds what is new in it; no libraries, nothing from elsewhere.
"use strict";

const $ = (id) => document.getElementById(id);
const messages = new Map();
let chosen = null;
let view = "html";

async function call(method, path, body) {
  const answer = await fetch(path, { method, body: body && JSON.stringify(body) });
  const text = await answer.text();
  let value = text;
  try { value = text ? JSON.parse(text) : null; } catch { /* what is no JSON is shown as it is */ }
  return { ok: answer.ok, value };
}

function element(name, text, properties = {}) {
  return Object.assign(document.createElement(name), { textContent: text ?? "" }, properties);
}

// A text message, as one in Telegram, has no subject: it is known by what it says.
function title(message) {
  if (message.channel === "telegram") return `Telegram: ${message.text}`;
  return message.channel === "sms" ? `SMS: ${message.text}` : message.subject || "(no subject)";
}

function showList() {
  const wanted = $("search").value.toLowerCase();
  const fits = (m) => `${m.to} ${title(m)}`.toLowerCase().includes(wanted);
  const rows = [...messages.values()].reverse().filter(fits).map((message) => {
    const button = element("button", "", { type: "button", onclick: () => choose(message.id) });
    if (message.id === chosen) button.setAttribute("aria-current", "true");
    const time = element("time", new Date(message.at).toLocaleTimeString(), { dateTime: message.at });
    button.append(element("b", title(message)), element("span", message.to), time);
    const row = document.createElement("li");
    row.append(button);
    return row;
  });
  $("messages").replaceChildren(...rows);
  $("empty").hidden = messages.size > 0;
}

function choose(id) {
  chosen = id;
  showList();
  showDetail();
}

function showDetail() {
  const message = messages.get(chosen);
  $("detail").hidden = !message;
  if (!message) return;
  $("answers").hidden = message.channel !== "email";
  $("answered").textContent = "";
  $("subject").textContent = title(message);
  const attached = message.attachments.map((a) => `${a.name ?? "unnamed"} (${a.content_type}, ${a.size} bytes)`);
  const facts = [["To", message.to], ["From", message.headers.From], ["At", message.at], ["Edited", message.edited_at], ["Attached", attached.join(", ")]];
  const known = facts.filter(([, value]) => value);
  $("facts").replaceChildren(...known.flatMap(([name, value]) => [element("dt", name), element("dd", value)]));
  const shown = view === "html" && message.html === null ? "text" : view;
  for (const tab of $("views").children) {
    tab.setAttribute("aria-selected", String(tab.dataset.view === shown));
    tab.disabled = tab.dataset.view === "html" && message.html === null;
  }
  const headers = Object.entries(message.headers).map(([name, value]) => `${name}: ${value}`).join("\n");
  const texts = { text: message.text ?? "(no text part)", headers, raw: message.raw };
  $("frame").hidden = shown !== "html";
  $("plain").hidden = shown === "html";
  if (shown === "html") $("frame").srcdoc = message.html;
  else $("plain").textContent = texts[shown];
}

async function refresh() {
  const last = Math.max(0, ...messages.keys());
  const [outbox, calls, faults] = await Promise.all(
    [`outbox?after=${last}`, "calls", "faults"].map((name) => call("GET", `/_local/${name}`)));
  for (const message of outbox.value.messages) messages.set(message.id, message);
  if (outbox.value.messages.length > 0) showList();
  const { asked, accepted, throttled } = calls.value.ses;
  $("counts").textContent = `${messages.size} shown · SES asked ${asked}, accepted ${accepted}, throttled ${throttled}`;
  const words = (f) => `${f.count} × ${f.service} ${f.operation ?? "any call"}: ${f.kind}`;
  $("faults").replaceChildren(...faults.value.faults.map((fault) => element("li", words(fault))));
}

async function every(seconds) {
  try {
    await refresh();
  } catch {
    $("counts").textContent = "The local stack does not answer.";
  }
  setTimeout(every, seconds * 1000, seconds);
}

$("search").oninput = showList;
$("views").onclick = (event) => {
  view = event.target.dataset.view ?? view;
  showDetail();
};
$("answers").onclick = async (event) => {
  const kind = event.target.dataset.kind;
  if (!kind) return;
  const answer = await call("POST", `/_local/outbox/${chosen}/feedback`, { kind });
  $("answered").textContent = answer.ok ? "SES has said so." : answer.value.error;
};
$("clear").onclick = async () => {
  await call("DELETE", "/_local/outbox");
  messages.clear();
  choose(null);
};
$("heal").onclick = async () => {
  await call("DELETE", "/_local/faults");
  await refresh();
};
$("fault").onsubmit = async (event) => {
  event.preventDefault();
  const { operation, count, ...fault } = Object.fromEntries(new FormData(event.target));
  const answer = await call("POST", "/_local/faults", { ...fault, ...(operation && { operation }), count: Number(count) });
  $("refusal").textContent = answer.ok ? "" : answer.value.error;
  await refresh();
};
$("say").onsubmit = async (event) => {
  event.preventDefault();
  const { chat_id: chat, text } = Object.fromEntries(new FormData(event.target));
  const answer = await call("POST", "/_local/telegram/say", { chat_id: Number(chat), text });
  $("said").textContent = answer.ok ? "" : answer.value.detail ?? answer.value.error;
  await refresh();
};
$("invoke").onsubmit = async (event) => {
  event.preventDefault();
  const { function: name, time } = Object.fromEntries(new FormData(event.target));
  const answer = await call("POST", `/_local/invoke/${name}${time ? `?time=${encodeURIComponent(time)}` : ""}`);
  $("summary").hidden = false;
  $("summary").textContent = JSON.stringify(answer.value, null, 2);
  await refresh();
};

call("GET", "/_local/health").then(({ value }) => {
  const scheduled = value.functions.map((name) => name.replace("kabar-", "")).filter((name) => /check|sweep|dispatch/.test(name));
  document.querySelector("#invoke select").replaceChildren(...scheduled.sort().reverse().map((name) => element("option", name)));
});
every(2);
