// Live parts of pages that work without this file: data reaches it by data-* attributes, what it changes has an id.
//   <main data-refresh="3">         fetch the page again every 3 s, replace the elements with data-live that changed
//   <ol data-lines="URL">           append the log lines behind the last one, every 2 s
//   <button data-copy="ID">         copy the text of an element
//   <form data-check="ID">          on change, ask the server for its verdict and show it in that element
//   <input data-typed="NAME">       enable the form's button when exactly this was typed
//   <input type="file" data-into="ID">  put the text of a file into that element
//   <input data-follow>             keep the end of the log in view
"use strict";

const main = document.querySelector("main");
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

const holdsFocus = element => element.contains(document.activeElement) && document.activeElement !== document.body;
const wasTouched = element => [...element.querySelectorAll("input, select, textarea")].some(field =>
  field.type === "checkbox" || field.type === "radio" ? field.checked !== field.defaultChecked
    : field.tagName === "SELECT" ? [...field.options].some(option => option.selected !== option.defaultSelected)
    : field.value !== field.defaultValue);

// The live elements as the server sent them: what scripts changed in them since is no difference.
const asSent = new Map([...document.querySelectorAll("[data-live][id]")].map(element => [element.id, element.innerHTML]));

// Takes over what changed, but never what somebody is typing in or has the focus on.
function takeOver(fresh) {
  for (const old of document.querySelectorAll("[data-live][id]")) {
    const now = fresh.getElementById(old.id);
    if (!now || asSent.get(old.id) === now.innerHTML || holdsFocus(old) || wasTouched(old)) continue;
    asSent.set(old.id, now.innerHTML);
    const open = [...old.querySelectorAll("details[id][open]")].map(details => details.id);
    old.className = now.className;
    old.replaceChildren(...now.childNodes);
    for (const id of open) document.getElementById(id)?.setAttribute("open", "");
    dress(old);
  }
  document.title = fresh.title;
}

function refreshPage() {
  let tag = null;
  every(Number(main.dataset.refresh), async () => {
    const answer = await fetch(location.href, { ...quiet, headers: tag ? { "If-None-Match": tag } : {} });
    if (answer.status === 304) return true;
    if (!answer.ok) throw answer.status;
    tag = answer.headers.get("ETag");
    const fresh = await parse(answer);
    takeOver(fresh);
    const goesOn = fresh.querySelector("main")?.dataset.refresh;
    if (!goesOn) say("This page no longer changes by itself.");
    return Boolean(goesOn);
  });
}

// For screen readers: one polite line at the end of the page.
function say(text) {
  const line = document.getElementById("announcer");
  if (line) line.textContent = text;
}

function followLog(list) {
  let tag = null;
  const follow = document.querySelector("[data-follow]");
  const end = () => { if (follow?.checked) list.lastElementChild?.scrollIntoView({ block: "nearest" }); };
  if (follow) {
    follow.closest("[hidden]")?.removeAttribute("hidden");
    follow.addEventListener("change", end);
  }
  every(2, async () => {
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

function liveCheck(form) {
  const place = document.getElementById(form.dataset.check);
  let timer = 0, asked = 0;
  const ask = async () => {
    const mine = ++asked;
    const body = new URLSearchParams(new FormData(form));
    body.set("action", "check");
    try {
      const answer = await fetch(form.getAttribute("action"), { ...quiet, method: "POST", body });
      const verdict = (await parse(answer)).getElementById(place.id);
      if (mine !== asked || !verdict) return;
      const open = [...place.querySelectorAll("details[id][open]")].map(details => details.id);
      place.replaceChildren(...verdict.childNodes);
      for (const id of open) document.getElementById(id)?.setAttribute("open", "");
      dress(place);
    } catch { /* the button that checks is still there */ }
  };
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, 500); });
}

function copyButton(button) {
  if (!navigator.clipboard) return;
  button.hidden = false;
  const label = button.textContent;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
    button.textContent = "Copied";
    say("Copied.");
    setTimeout(() => { button.textContent = label; }, 2000);
  });
}

function typedName(input) {
  const button = input.form.querySelector("button");
  const look = () => { button.disabled = input.value.trim() !== input.dataset.typed; };
  input.addEventListener("input", look);
  look();
}

function pickedFile(input) {
  input.parentElement.hidden = false;
  input.addEventListener("change", async () => {
    if (input.files[0]) document.getElementById(input.dataset.into).value = await input.files[0].text();
  });
}

// What a new piece of page needs.
function dress(piece) {
  piece.querySelectorAll("[data-copy]").forEach(copyButton);
  piece.querySelectorAll("[data-typed]").forEach(typedName);
  piece.querySelectorAll("[data-lines]").forEach(followLog);
}

dress(document);
document.querySelectorAll("[data-into]").forEach(pickedFile);
document.querySelectorAll("form[data-check]").forEach(liveCheck);
document.querySelector(".summary")?.focus();
if (main?.dataset.refresh) refreshPage();
