// What the pages do better with a script: the menu, focus on errors, shortcuts, typed text that survives.
// Everything works without it. No dependencies; htmx is used where it is present.
"use strict";
(() => {
  const body = document.body;
  const swedish = document.documentElement.lang !== "en";
  const say = (sv, en) => (swedish ? sv : en);

  // --- Menu: a disclosure button on narrow screens -------------------------------------------------
  const menu = document.querySelector(".menu-btn");
  if (menu) {
    const open = (is) => {
      menu.setAttribute("aria-expanded", String(is));
      menu.closest("header").classList.toggle("menu-open", is);
    };
    menu.addEventListener("click", () => open(menu.getAttribute("aria-expanded") !== "true"));
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && menu.getAttribute("aria-expanded") === "true") {
        open(false);
        menu.focus();
      }
    });
  }

  // --- Errors: focus on the summary; its links put the cursor in the field --------------------------
  const focusErrors = (root) => root.querySelector("[data-focus]")?.focus();
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".oops a[href^='#']");
    const field = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (field) {
      event.preventDefault();
      field.focus();
      (field.closest(".field") || field).scrollIntoView({ block: "center" });
    }
  });
  focusErrors(document);

  // --- Shortcuts: data-shortcut="1" on a button or link; off for who has turned them off -------------
  document.addEventListener("keydown", (event) => {
    if (!("shortcuts" in body.dataset) || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (event.target.closest("input, select, textarea, [contenteditable]")) return;
    const key = CSS.escape(event.key.toLowerCase());
    const target = document.querySelector(`[data-shortcut="${key}"]`);
    if (target) {
      event.preventDefault();
      target.focus();
      target.click();
    }
  });

  // --- Drafts: what is typed in <form data-draft="key"> stays on this computer until the server has it
  const user = body.dataset.user;
  const PREFIX = "styrfart:draft:";
  const KEEP_DAYS = 14;
  const store = (() => {
    try {
      localStorage.setItem(PREFIX, "");
      localStorage.removeItem(PREFIX);
      return localStorage;
    } catch {
      return null; // storage is closed: the pages work as before
    }
  })();
  const nameOf = (form) => `${PREFIX}${user}:${form.dataset.draft}`;
  const read = (name) => {
    try {
      return JSON.parse(store.getItem(name));
    } catch {
      return null;
    }
  };
  const write = (name, draft) => {
    try {
      store.setItem(name, JSON.stringify(draft));
    } catch {
      /* full: nothing more can be kept */
    }
  };
  const eachDraft = (visit) =>
    Object.keys(store)
      .filter((name) => name.startsWith(PREFIX))
      .forEach((name) => visit(name, read(name)));

  const fields = (form) =>
    [...form.elements].filter(
      (field) => field.name && field.name !== "csrfmiddlewaretoken" && !["password", "file", "hidden", "submit", "button"].includes(field.type),
    );
  const values = (form) => {
    const found = {};
    for (const field of fields(form)) {
      const kept = (found[field.name] ??= []);
      if (field.type === "radio" || field.type === "checkbox") {
        if (field.checked) kept.push(field.value);
      } else if (field.type === "select-multiple") {
        kept.push(...[...field.selectedOptions].map((option) => option.value));
      } else kept.push(field.value);
    }
    return found;
  };
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
  const putBack = (form, kept) => {
    const at = {};
    for (const field of fields(form)) {
      const mine = kept[field.name];
      if (!mine) continue;
      if (field.type === "radio" || field.type === "checkbox") field.checked = mine.includes(field.value);
      else if (field.type === "select-multiple") for (const option of field.options) option.selected = mine.includes(option.value);
      else {
        at[field.name] ??= 0;
        field.value = mine[at[field.name]++] ?? field.value;
      }
    }
  };
  const button = (text, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "btn btn--s";
    made.textContent = text;
    made.addEventListener("click", act);
    return made;
  };
  const notice = (form, text, ...buttons) => {
    form.querySelector(":scope > .notice[data-made]")?.remove();
    const box = document.createElement("div");
    box.className = "notice";
    box.dataset.made = "";
    box.setAttribute("role", "status");
    const words = document.createElement("p");
    const acts = document.createElement("div");
    acts.className = "acts";
    acts.append(...buttons);
    box.append(words, acts);
    form.prepend(box);
    words.textContent = text; // after it is in the page, so that it is read out
    return box;
  };
  const when = (moment) =>
    new Date(moment).toLocaleString(swedish ? "sv-SE" : "en-GB", { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" });

  const keep = (form) => {
    const name = nameOf(form);
    const fromServer = values(form);
    const hasErrors = Boolean(document.querySelector(".oops"));
    const remember = () => {
      const now = values(form);
      if (same(now, fromServer) && !hasErrors) store.removeItem(name);
      else write(name, { at: Date.now(), page: location.pathname, values: now, before: form.draftBefore, sent: false });
    };
    const discard = () => {
      putBack(form, form.draftBefore);
      store.removeItem(name);
      form.querySelector(":scope > .notice[data-made]")?.remove();
      form.querySelector("textarea, input:not([type=hidden])")?.focus();
    };
    const draft = read(name);
    // A form that was refused holds what was typed; what the server had before that is in the draft.
    form.draftBefore = (hasErrors && draft?.before) || fromServer;
    if (hasErrors) remember();
    else if (draft && same(draft.values, fromServer)) store.removeItem(name); // already saved
    else if (draft && same(draft.before, fromServer)) {
      putBack(form, draft.values);
      notice(
        form,
        say(`Vi har lagt tillbaka det du skrev ${when(draft.at)}. Det är inte sparat än.`, `We have put back what you wrote on ${when(draft.at)}. It is not saved yet.`),
        button(say("Ta bort det jag skrev", "Remove what I wrote"), discard),
      );
      write(name, { ...draft, sent: false });
    } else if (draft) {
      write(name, { ...draft, sent: false });
      const box = notice(
        form,
        say(`Det du skrev ${when(draft.at)} är inte sparat, och sidan har ändrats sedan dess.`, `What you wrote on ${when(draft.at)} is not saved, and the page has changed since then.`),
        button(say("Lägg tillbaka det jag skrev", "Put back what I wrote"), () => {
          putBack(form, draft.values);
          box.remove();
        }),
        button(say("Ta bort det jag skrev", "Remove what I wrote"), discard),
      );
    }
    let timer;
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(remember, 250);
    });
    addEventListener("pagehide", () => {
      if (!form.dataset.sending && form.isConnected && !same(values(form), fromServer)) remember();
    });
  };

  const markSent = (form) => {
    write(nameOf(form), { at: Date.now(), page: location.pathname, values: values(form), before: form.draftBefore, sent: true });
  };
  const lost = (form, retry) =>
    notice(
      form,
      say("Sidan kunde inte spara. Det du skrev finns kvar på den här datorn.", "The page could not save. What you wrote is still on this computer."),
      button(say("Försök igen", "Try again"), retry),
    ).scrollIntoView({ block: "center" });

  // Ask whether the server can be reached before the page is left; otherwise what was typed stays in sight.
  const isReachable = async () => {
    try {
      const answer = await fetch(document.querySelector("link[rel=icon]").href, { cache: "no-store", signal: AbortSignal.timeout(6000) });
      await answer.text();
      return true;
    } catch {
      return false;
    }
  };
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (form.matches("[data-clears-drafts]") && store) eachDraft((name) => store.removeItem(name));
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.dataset.sending) return event.preventDefault(); // pressed twice
    if (!form.dataset.draft || !store || !user || form.hasAttribute("hx-post")) return;
    event.preventDefault();
    form.dataset.sending = "1";
    markSent(form);
    const { submitter } = event;
    const go = async () => {
      if (await isReachable()) {
        form.dataset.sending = "1";
        if (submitter?.name) {
          const chosen = document.createElement("input");
          Object.assign(chosen, { type: "hidden", name: submitter.name, value: submitter.value });
          form.append(chosen);
        }
        if (submitter?.hasAttribute("formaction")) form.action = submitter.formAction;
        form.submit();
      } else {
        delete form.dataset.sending;
        lost(form, go);
      }
    };
    await go();
  });
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return; // back to a page that still stands as it was left
    document.querySelectorAll("form[data-sending]").forEach((form) => {
      delete form.dataset.sending;
      const draft = store && read(nameOf(form));
      if (draft) write(nameOf(form), { ...draft, sent: false });
    });
  });

  const settle = () => {
    const limit = Date.now() - KEEP_DAYS * 864e5;
    eachDraft((name, draft) => {
      if (!(draft?.at > limit)) store.removeItem(name);
    });
    if ("error" in body.dataset || !user) {
      // The server failed, or has signed the reader out: nothing that was sent is confirmed.
      eachDraft((name, draft) => write(name, { ...draft, sent: false }));
      return;
    }
    const onPage = new Set([...document.querySelectorAll("form[data-draft]")].map(nameOf));
    const from = document.referrer && new URL(document.referrer).pathname;
    const hasReceipt = Boolean(document.querySelector("#receipts .receipt:not(.receipt--error)"));
    document.querySelectorAll("[data-draft-saved]").forEach((mark) => store.removeItem(`${PREFIX}${user}:${mark.dataset.draftSaved}`));
    eachDraft((name, draft) => {
      if (!name.startsWith(`${PREFIX}${user}:`) || !draft?.sent || draft.page !== from) return;
      // The server answered a form that was sent with a receipt, or with another page: it has what was typed.
      if (hasReceipt || (draft.page !== location.pathname && !onPage.has(name))) store.removeItem(name);
    });
  };
  if (store) {
    settle();
    if (user) document.querySelectorAll("form[data-draft]").forEach(keep);
  }

  // --- htmx: parts of a page that are exchanged without leaving it ----------------------------------
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr } = event.detail;
    // The session has ended: go to the whole sign-in page instead of putting it inside this one.
    if (xhr.responseURL && new URL(xhr.responseURL).pathname === body.dataset.login) {
      event.detail.shouldSwap = false;
      location.assign(`${body.dataset.login}?next=${encodeURIComponent(location.pathname + location.search)}`);
    }
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    const { target } = event.detail;
    focusErrors(target);
    if (store && user) target.querySelectorAll("form[data-draft]").forEach(keep);
  });
  document.addEventListener("htmx:beforeRequest", (event) => {
    const form = event.detail.elt.closest?.("form[data-draft]");
    if (form && store && user) markSent(form);
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.detail.elt.closest?.("form[data-draft]");
    if (form && store && user && event.detail.successful) store.removeItem(nameOf(form));
  });
  const failed = (event) => {
    const form = event.detail.elt.closest?.("form") || event.detail.elt;
    if (event.detail.xhr?.status === 422) return;
    lost(form, () => window.htmx.trigger(form, "submit"));
  };
  document.addEventListener("htmx:sendError", failed);
  document.addEventListener("htmx:responseError", failed);
  document.addEventListener("htmx:timeout", failed);
})();
