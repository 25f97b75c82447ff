// What neither HTML nor htmx can. Data reaches it by data-* attributes, what it changes has an id; pages work without it.
//   <button data-copy="ID">         copy the text of an element
//   <ol data-lines="URL">           append the log lines behind the last one, every 2 s
//   <input type="file" data-into="ID">  put the text of a file into that element
//   <input data-follow>             keep the end of the log in view
"use strict";

const quiet = { credentials: "same-origin", redirect: "error" };
const parse = async answer => new DOMParser().parseFromString(await answer.text(), "text/html");

// Calls `work` every `seconds` until it answers false; pauses while nobody looks; slows down while the server is away.
function every(seconds, work) {
  let wait = seconds;
  const again = () => setTimeout(run, wait * 1000);
  const run = async () => {
    if (document.hidden) return document.addEventListener("visibilitychange", run, { once: true });
    try {
      if (await work() === false) return;
      wait = seconds;
    } catch {
      wait = Math.min(wait * 2, 60);
    }
    again();
  };
  again();
}

// Parts that htmx fetches again and again cost little: nothing while nobody looks, and a 304 while nothing changed.
const tags = new Map();
document.addEventListener("htmx:before:request", event => {
  const { sourceElement, request } = event.detail.ctx;
  if (!sourceElement.getAttribute("hx-trigger")?.startsWith("every")) return;
  if (document.hidden) return event.preventDefault();
  request.redirect = "error";  // a session that ended does not put the sign-in page into this one
  if (tags.has(request.action)) request.headers["If-None-Match"] = tags.get(request.action);
});
document.addEventListener("htmx:after:request", event => {
  const { request, response } = event.detail.ctx;
  if (response.status === 200 && response.headers.get("ETag")) tags.set(request.action, response.headers.get("ETag"));
});

// For screen readers: one polite line at the end of the page.
function say(text) {
  const line = document.getElementById("announcer");
  if (line) line.textContent = text;
}

const followed = new WeakSet();  // a list outlives the pages that htmx puts around it
function followLog(list) {
  if (followed.has(list)) return;
  followed.add(list);
  let tag = null;
  const follow = document.querySelector("[data-follow]");
  const end = () => { if (follow?.checked) list.lastElementChild?.scrollIntoView({ block: "nearest" }); };
  follow?.addEventListener("change", end);
  every(2, async () => {
    if (!list.isConnected) return false;
    const last = list.querySelector("li:last-of-type")?.id.slice(1) ?? "0";
    const answer = await fetch(`${list.dataset.lines}&after=${last}`, { ...quiet, headers: tag ? { "If-None-Match": tag } : {} });
    if (answer.status === 304) return true;
    if (answer.status === 204) { say("The log is complete."); return false; }
    if (!answer.ok) throw answer.status;
    tag = answer.headers.get("ETag");
    const fresh = await parse(answer);
    const lines = fresh.querySelectorAll("li[id]");
    if (lines.length) tag = null;
    for (const line of lines) if (!document.getElementById(line.id)) list.append(line);
    document.getElementById("no-lines")?.toggleAttribute("hidden", list.childElementCount > 0);
    end();
    return true;
  });
}

// One listener for all copy buttons, so that those which come later work too. Without https there is no clipboard.
document.documentElement.toggleAttribute("data-no-clipboard", !navigator.clipboard);
document.addEventListener("click", async event => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
  const label = button.querySelector("span") ?? button, before = label.textContent;
  label.textContent = "Copied";
  say("Copied.");
  setTimeout(() => { label.textContent = before; }, 2000);
});

function pickedFile(input) {
  input.addEventListener("change", async () => {
    if (input.files[0]) document.getElementById(input.dataset.into).value = await input.files[0].text();
  });
}

// What a new piece of page needs.
function dress(piece) {
  piece.querySelectorAll("[data-lines]").forEach(followLog);
}

dress(document);
document.querySelectorAll("[data-into]").forEach(pickedFile);
document.addEventListener("htmx:after:settle", event => dress(event.target));
document.querySelector(".summary")?.focus();
