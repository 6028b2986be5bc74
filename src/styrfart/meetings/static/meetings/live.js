// The open meeting: what others do appears here, and what is written survives a lost connection.
// Everything works without it: each button is a form, and the page is read again.
"use strict";
(() => {
  const live = document.getElementById("live");
  if (!live) return;
  const body = document.body;
  const swedish = document.documentElement.lang !== "en";
  const say = (sv, en) => (swedish ? sv : en);
  const EVERY = 1500; // ms between two questions; others see what is done within two seconds
  const WAIT = 8000;
  const isRoom = "watch" in live.dataset;
  const user = body.dataset.user;
  const meeting = live.dataset.meeting;

  // --- What the page knows ---------------------------------------------------------------------------
  const mark = () => document.getElementById("live-mark").dataset;
  let clockOffset = Date.parse(mark().now) - Date.now();
  let lookingAt = (!isRoom && Number(new URLSearchParams(location.search).get("punkt"))) || 0; // 0: follows the group
  let alone = false; // no contact
  let busy = null; // the question that is on its way
  let isBehind = false; // a part that somebody writes in was left alone: it is asked for until it can be shown
  let choosing = false; // somebody has chosen another item: what is typed there waits in its draft
  let pressed = null; // what a finger or a mouse holds down: exchanged now, the press would come to nothing
  let exchanges = 0; // how many answers have been shown
  const seen = new Map(); // part -> what the server last sent, without keys

  const parts = (root) => [...root.querySelectorAll("[data-part]")];
  const plain = (part) => {
    const copy = part.cloneNode(true);
    copy.querySelectorAll("input[name=csrfmiddlewaretoken], input[name=key]").forEach((each) => each.remove());
    copy.querySelectorAll("[data-gone]").forEach((each) => each.remove()); // the clock goes on by itself
    return copy.innerHTML;
  };
  const remember = () => parts(document).forEach((part) => seen.set(part.dataset.part, plain(part)));

  // --- What somebody writes in is left alone ---------------------------------------------------------
  const isWriting = (field) => field.matches("textarea, select, input:not([type=hidden])");
  const changed = (field) => {
    if (!field.name || field.type === "hidden") return false;
    if (field.type === "radio" || field.type === "checkbox") return field.checked !== field.defaultChecked;
    if (field.tagName === "SELECT") return [...field.options].some((each) => each.selected !== each.defaultSelected && (each.defaultSelected || each.index > 0));
    return field.value !== field.defaultValue;
  };
  const isHeld = (part) => {
    const here = document.activeElement;
    if (here && part.contains(here) && isWriting(here)) return true;
    return hasWords(part);
  };
  const formsPart = () => document.querySelector("[data-part=forms]");
  // Something is typed for the item; an empty box that has focus holds nobody back from following.
  const hasWords = (part) => Boolean(part.querySelector("form[data-refused]")) || [...part.querySelectorAll("textarea, select, input")].some(changed);
  // The item that the page is to show; 0: the group's. Who writes stays where they are, and is told where the
  // group is; when nothing is typed any more, the page follows again.
  const at = () => {
    if (lookingAt || choosing || !formsPart() || !hasWords(formsPart())) return lookingAt;
    return Number(formsPart().dataset.item) || 0;
  };
  const shows = ({ shown, current }) => {
    const wanted = at() || Number(current);
    return !wanted || Number(shown) === wanted;
  };
  const press = (event) => (pressed = event.target);
  const release = () => setTimeout(() => (pressed = null)); // the click comes after
  document.addEventListener("pointerdown", press, true);
  document.addEventListener("keydown", (event) => event.key === " " && press(event), true);
  for (const name of ["pointerup", "pointercancel", "contextmenu", "keyup", "dragend"]) document.addEventListener(name, release, true);
  addEventListener("blur", release);

  // --- Exchange what is new ---------------------------------------------------------------------------
  const NEWER = "newer";
  const ELSEWHERE = "elsewhere";
  const asking = () => ({ at: at(), exchanges });
  const markOf = (fresh) => {
    const found = fresh.querySelector("#live-mark");
    if (!found) throw new Error("not a page of the meeting");
    return found.dataset;
  };
  // Answers overtake each other. `asked`: what was known when the question was put. What is older than what has
  // been shown since is not shown, nor what is of another item than the one that the page is to show by now.
  const unfit = (fresh, asked) => {
    const answer = markOf(fresh);
    if (asked.exchanges !== exchanges && Number(answer.tick) < Number(mark().tick)) return NEWER;
    return asked.at === at() || shows(answer) ? "" : ELSEWHERE;
  };
  const swap = (fresh, { from, force }) => {
    const fresher = fresh.querySelector("#live-mark");
    const said = [];
    const before = mark().current;
    const focused = document.activeElement?.id || "";
    let lost = false;
    isBehind = false;
    for (const part of parts(fresh)) {
      const name = part.dataset.part;
      const old = document.querySelector(`[data-part="${name}"]`);
      if (!old) continue;
      const now = plain(part);
      if (seen.get(name) === now && !force?.(name)) continue;
      const goesOn = name === "forms" && part.dataset.item !== old.dataset.item && !hasWords(old);
      const mustGo = goesOn || (name === "forms" && !part.children.length); // not for this reader any more
      const isPressed = old !== from && pressed && old.contains(pressed) && part.children.length;
      if (isPressed || (old !== from && isHeld(old) && !mustGo && !force?.(name))) {
        isBehind = true;
        continue;
      }
      if (name === "log") said.push(...newEntries(old, part));
      lost ||= old.contains(document.activeElement) && document.activeElement !== body;
      const open = [...old.querySelectorAll("details[open] > summary")].map((each) => each.textContent);
      old.replaceWith(part);
      part.querySelectorAll("details[data-hold] > summary").forEach((each) => {
        if (open.includes(each.textContent) && old !== from) each.parentElement.open = true;
      });
      if (part.querySelector("form[data-draft]")) announceSwap(part);
      seen.set(name, now);
    }
    document.getElementById("live-mark").replaceWith(fresher);
    exchanges += 1;
    clockOffset = Date.parse(fresher.dataset.now) - Date.now();
    if (lost && focused) document.getElementById(focused)?.focus({ preventScroll: true });
    if (fresher.dataset.current !== before && !at()) {
      const question = document.getElementById("fragan");
      if (question) said.unshift(say(`Gruppen är på: ${question.textContent.trim()}.`, `The group is at: ${question.textContent.trim()}.`));
    }
    if (said.length) announce(said.join(" "));
    live.classList.toggle("live--still", fresher.dataset.open === "0");
    document.querySelector("[data-all]")?.setAttribute("aria-expanded", String(live.classList.contains("all")));
    tickClock();
  };
  const newEntries = (old, part) =>
    [...part.querySelectorAll("[data-entry]")]
      .filter((each) => !old.querySelector(`[data-entry="${each.dataset.entry}"]`))
      .map((each) => `${each.querySelector(".kind b").textContent}: ${each.querySelector(".kind + *").textContent.trim()}.`);
  // Drafts and errors in what was exchanged: the page's own script looks after them.
  const announceSwap = (target) => document.dispatchEvent(new CustomEvent("htmx:afterSwap", { detail: { target } }));
  // One at a time: what comes while one is read waits for its turn.
  const waiting = [];
  const announce = (text) => {
    waiting.push(text);
    if (waiting.length === 1) speak();
  };
  const speak = () => {
    document.getElementById("said").textContent = waiting[0];
    setTimeout(() => {
      waiting.shift();
      document.getElementById("said").textContent = "";
      if (waiting.length) setTimeout(speak, 50);
    }, 2500);
  };

  // --- The clock and the soft timer: silent, and never red --------------------------------------------
  function tickClock() {
    const now = new Date(Date.now() + clockOffset);
    const clock = document.querySelector("[data-clock]");
    if (clock) clock.textContent = now.toLocaleTimeString(swedish ? "sv-SE" : "en-GB", { hour: "2-digit", minute: "2-digit", timeZone: live.dataset.zone || undefined }).replace(":", swedish ? "." : ":");
    const bar = document.querySelector("[data-gone]");
    if (!bar) return;
    bar.dataset.began ??= String(Date.now() - Number(bar.dataset.gone) * 1000);
    const gone = (Date.now() - Number(bar.dataset.began)) / 1000;
    const minutes = Number(bar.dataset.minutes);
    const left = minutes - Math.floor(gone / 60);
    bar.querySelector("rect + rect").setAttribute("width", `${Math.min(100, (100 * gone) / (minutes * 60))}%`);
    const fill = (words, ...values) => words.replace(/\{(\d)\}/g, (_all, at) => values[at]);
    bar.querySelector("span").textContent = left > 0 ? fill(bar.dataset.left, left, minutes) : left === 0 ? bar.dataset.none : fill(bar.dataset.over, -left);
  }

  // --- Asking -----------------------------------------------------------------------------------------
  const read = async (answer) => new DOMParser().parseFromString(await answer.text(), "text/html");
  const query = (extra = {}, { renews = false } = {}) => {
    const asked = new URLSearchParams(extra);
    if (at()) asked.set("punkt", String(at()));
    asked.set("har", (!renews && formsPart()?.dataset.item) || "0");
    return asked;
  };
  // Somebody else may have signed in on this computer: what this page holds is neither shown nor sent as theirs.
  const isOthers = (page) => {
    const whose = page.querySelector("#live-mark")?.dataset.user ?? page.body.dataset.user;
    return whose !== undefined && whose !== user; // a page of no user's is no page of ours
  };
  const tellOther = () => tell(say("Någon annan är inloggad här nu. Det du skrev finns kvar tills du loggar in igen.", "Somebody else is signed in here now. What you wrote is kept until you sign in again."));
  const isSignedOut = (answer) => answer.redirected && new URL(answer.url).pathname === body.dataset.login;
  const ask = async (how = {}) => {
    if (busy && !how.always) return;
    while (busy) await busy;
    busy = inquire(how).finally(() => (busy = null));
    await busy;
  };
  // Never throws: what goes wrong is told, and the next round asks again.
  const inquire = async (how) => {
    try {
      while (!(await isAnswered(how))) how = { ...how, always: true };
    } catch {
      gone();
    }
  };
  // One question; false: what came is not what the page is to show by now, and all has to be asked for again.
  const isAnswered = async ({ always = false, renews = false, force = null }) => {
    const all = always || isBehind || !shows(mark());
    const asked = asking();
    const answer = await fetch(`${live.dataset.watch || live.dataset.state}?${query(all ? {} : { sedan: mark().tick }, { renews })}`, {
      headers: { "X-Live": "1", ...(all ? {} : { "If-None-Match": `"${mark().tick}"` }) },
      cache: "no-store",
      signal: AbortSignal.timeout(WAIT),
    });
    if (isSignedOut(answer)) {
      tell(say("Du är utloggad. Det du skriver finns kvar här.", "You are signed out. What you write is still here."), signIn());
      return true;
    }
    if (answer.status !== 304) {
      if (!answer.ok) throw new Error(String(answer.status));
      let fresh = await read(answer);
      if (!isRoom && isOthers(fresh)) {
        tellOther();
        return true;
      }
      if (isRoom) {
        const page = await fetch(location.href, { cache: "no-store", signal: AbortSignal.timeout(WAIT) });
        fresh = await read(page);
      }
      if (unfit(fresh, asked)) return false;
      swap(fresh, { from: null, force });
      // An item that is no longer there is not waited for.
      if (lookingAt && !shows(mark())) follow();
    }
    if (lookingAt && String(lookingAt) === mark().current) follow();
    back();
    return true;
  };
  const signIn = () => {
    const link = document.createElement("a");
    link.href = `${body.dataset.login}?next=${encodeURIComponent(location.pathname)}`;
    link.textContent = say("Logga in", "Sign in");
    return link;
  };
  const follow = () => {
    lookingAt = 0;
    history.replaceState(null, "", live.dataset.here);
  };

  // --- Contact ----------------------------------------------------------------------------------------
  const contact = document.getElementById("kontakt");
  const tell = (text, ...more) => {
    const old = contact?.querySelector(":scope > p");
    if (!contact || (old?.dataset.text ?? "") === text) return;
    old?.remove();
    if (!text) return;
    const line = document.createElement("p");
    line.dataset.text = text;
    line.append(`${text} `, ...more);
    contact.prepend(line);
  };
  const gone = () => {
    alone = true;
    const waits = queue().length;
    const sent = waits ? say(` ${waits} väntar på att skickas.`, ` ${waits} waiting to be sent.`) : "";
    tell(say("Ingen kontakt. Det du skriver finns kvar här.", "No contact. What you write is still here.") + sent);
  };
  const back = () => {
    if (alone) {
      alone = false;
      tell("");
      announce(say("Kontakten är tillbaka.", "Contact is back."));
    }
    if (queue().length) flush();
  };

  // --- Sending: what goes on record waits in a queue on this computer until the server has it ----------
  const stored = (name) => {
    let here = null; // storage is closed or full: the page remembers for as long as it is open
    return {
      get: () => {
        try {
          return here || JSON.parse(localStorage.getItem(name))?.values || [];
        } catch {
          return [];
        }
      },
      set: (values) => {
        try {
          if (values.length) localStorage.setItem(name, JSON.stringify({ at: Date.now(), page: "", values, before: {}, sent: false }));
          else localStorage.removeItem(name);
          here = null;
        } catch {
          here = values;
        }
      },
    };
  };
  const { get: queue, set: keepQueue } = stored(`styrfart:draft:${user}:ko-${meeting}`);
  const { get: refused, set: keepRefused } = stored(`styrfart:draft:${user}:kvar-${meeting}`);
  const keyOf = (goes) => goes.pairs.find(([name]) => name === "key")?.[1];
  let renewed = ""; // a token younger than the page's: somebody has signed in again since
  const token = () => renewed || document.querySelector("input[name=csrfmiddlewaretoken]")?.value || "";
  const freshKey = () => (crypto.randomUUID ? crypto.randomUUID() : "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (c) => (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16)));
  const post = async (url, pairs, { isAgain = false, renews = false } = {}) => {
    const data = new URLSearchParams(pairs.filter(([name]) => name !== "csrfmiddlewaretoken"));
    data.set("csrfmiddlewaretoken", token());
    const answer = await fetch(`${url}?${query({}, { renews })}`, { method: "POST", body: data, headers: { "X-Live": "1" }, signal: AbortSignal.timeout(WAIT) });
    if (answer.status !== 403 || isAgain) return answer;
    const page = await fetch(`${live.dataset.state}?${query()}`, { headers: { "X-Live": "1" }, cache: "no-store", signal: AbortSignal.timeout(WAIT) });
    if (isSignedOut(page)) return page;
    const fresh = await read(page);
    if (isOthers(fresh)) return null;
    renewed = fresh.querySelector("input[name=csrfmiddlewaretoken]")?.value || "";
    return post(url, pairs, { isAgain: true, renews });
  };
  let flushing = false;
  const flush = async () => {
    if (flushing) return;
    flushing = true;
    try {
      for (let [first] = queue(); first; [first] = queue()) {
        const asked = asking();
        const answer = await post(first.url, first.pairs);
        if (!answer) return tellOther();
        if (isSignedOut(answer) || answer.status >= 500) throw new Error(String(answer.status));
        if (!answer.ok) problem(first, answer.status === 409 ? await answer.text() : say("Öppna punkten och försök igen.", "Open the item and try again."));
        // By its key: another window may have sent it meanwhile, and what stands first now is the next.
        keepQueue(queue().filter((each) => keyOf(each) !== keyOf(first)));
        if (!answer.ok) continue;
        const fresh = await read(answer);
        if (unfit(fresh, asked)) isBehind = true;
        else swap(fresh, { from: null });
      }
    } catch {
      gone();
    } finally {
      flushing = false;
    }
  };
  // What could not be put on record is not thrown away: it stands where one can copy it until one takes it away.
  const problem = (goes, words) => {
    const text = ["text", "reasons", "alternatives", "effect_question"].map((name) => goes.pairs.find(([each]) => each === name)?.[1]);
    const others = refused().filter((each) => each.key !== keyOf(goes));
    keepRefused([...others, { key: keyOf(goes), why: `${goes.label}: ${words}`, text: text.filter(Boolean).join("\n\n") }]);
    showRefused();
  };
  const showRefused = () => {
    for (const each of contact ? refused() : []) {
      if (contact.querySelector(`[data-refused="${CSS.escape(each.key)}"]`)) continue;
      const box = document.createElement("div");
      box.dataset.refused = each.key;
      const why = document.createElement("span");
      why.textContent = each.why;
      const text = document.createElement("textarea");
      Object.assign(text, { className: "input", value: each.text, readOnly: true, rows: 2 });
      text.setAttribute("aria-label", say("Det du skrev", "What you wrote"));
      const away = document.createElement("button");
      Object.assign(away, { type: "button", className: "linkish", textContent: say("Ta bort", "Remove") });
      away.addEventListener("click", () => {
        keepRefused(refused().filter((one) => one.key !== each.key));
        box.remove();
        document.getElementById("fragan")?.focus({ preventScroll: true });
      });
      box.append(why, text, away);
      contact.append(box);
    }
  };
  // What was refused stands in a form that begins with it: the one from before is the empty one.
  const fromBefore = new WeakMap();
  const startAgain = (form) => {
    const empty = fromBefore.get(form) ?? form;
    if (empty !== form) form.replaceWith(empty);
    empty.reset();
    return empty;
  };
  const clean = (sent) => {
    const form = startAgain(sent);
    const key = form.querySelector("input[name=key]");
    if (key) key.value = freshKey();
    document.dispatchEvent(new CustomEvent("htmx:afterRequest", { detail: { elt: form, successful: true } }));
    form.querySelector(":scope > .notice[data-made]")?.remove();
    return form;
  };

  const send = async (form, submitter) => {
    const pairs = [...new FormData(form)].filter(([, value]) => typeof value === "string");
    if (submitter?.name) pairs.push([submitter.name, submitter.value]);
    const url = form.getAttribute("action");
    const part = form.closest("[data-part]");
    const label = submitter?.textContent.trim() || "";
    const isEntry = pairs.some(([name]) => name === "key");
    const goes = { url, pairs, label };
    if (isEntry && (alone || queue().length)) {
      // In order: what was written first comes first.
      keepQueue([...queue(), goes]);
      clean(form);
      return alone ? gone() : flush();
    }
    form.dataset.live = "1";
    const renews = "renew" in form.dataset;
    const asked = asking();
    const { current } = mark();
    try {
      const answer = await post(url, pairs, { renews });
      if (!answer) return tellOther();
      if (isSignedOut(answer)) return tell(say("Du är utloggad. Det du skriver finns kvar här.", "You are signed out. What you write is still here."), signIn());
      if (answer.status === 409) return tell(await answer.text());
      if (answer.status === 403 || answer.status === 404) return tell(say("Det går inte längre. Läs sidan igen.", "That is no longer possible. Read the page again."));
      if (!answer.ok && answer.status !== 422) throw new Error(String(answer.status));
      const fresh = await read(answer);
      tell("");
      if (answer.status === 422) return showErrors(fresh, part, form);
      document.querySelector(".now > .oops")?.remove();
      const moved = !isEntry && markOf(fresh).current !== current;
      if (moved) follow();
      const empty = isEntry ? clean(form) : startAgain(form);
      const why = unfit(fresh, asked);
      if (!why) swap(fresh, { from: isEntry ? null : part });
      if (why === ELSEWHERE || (why && renews) || !shows(mark())) await ask({ always: true, renews, force: isEntry ? null : (name) => name === part.dataset.part });
      if (isEntry) empty.querySelector("textarea, input:not([type=hidden])")?.focus({ preventScroll: true });
      if (moved) document.getElementById("fragan")?.scrollIntoView({ block: "nearest" });
    } catch {
      if (isEntry) {
        keepQueue([...queue(), goes]);
        clean(form);
      }
      gone();
    } finally {
      delete form.dataset.live;
    }
  };
  const showErrors = (fresh, part, form) => {
    const name = part?.dataset.part;
    const errors = fresh.querySelector(".oops");
    document.querySelector(".now > .oops")?.remove();
    if (errors) document.querySelector("[data-part=item]").before(errors);
    // The form as the server has it, with what was typed in it; the boxes beside it keep theirs.
    const sent = fresh.querySelector(`[data-part="${name}"] form[action="${form.getAttribute("action")}"][data-keep]`);
    if (sent) {
      sent.dataset.refused = "";
      fromBefore.set(sent, fromBefore.get(form) ?? form);
      form.replaceWith(sent);
    }
    errors?.focus();
  };

  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      if (form.method !== "post" || !form.closest("[data-part]") || isRoom) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (!form.dataset.live) send(form, event.submitter);
    },
    true,
  );
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-look]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || isRoom) return;
    event.preventDefault();
    const wanted = Number(link.dataset.look);
    lookingAt = wanted && String(wanted) !== mark().current ? wanted : 0;
    history.replaceState(null, "", lookingAt ? `?punkt=${lookingAt}` : live.dataset.here);
    choosing = true;
    // The draft is written a moment after the last stroke.
    setTimeout(async () => {
      await ask({ always: true, force: () => true });
      choosing = false;
      (document.getElementById(link.id) || document.getElementById("fragan"))?.focus({ preventScroll: true });
    }, 300);
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-all]");
    if (button) button.setAttribute("aria-expanded", String(live.classList.toggle("all")));
  });

  remember();
  tickClock();
  setInterval(tickClock, 5000);
  const round = async () => {
    if (!document.hidden || isRoom) await ask();
    if (mark().open === "1") setTimeout(round, EVERY + Math.random() * 150);
  };
  document.addEventListener("visibilitychange", () => document.hidden || ask());
  addEventListener("online", () => ask());
  addEventListener("offline", gone);
  showRefused();
  if (queue().length) flush();
  setTimeout(round, EVERY);
})();
