// What makes the console handier. Everything works without it.

// A menu closes when something else is done.
document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details[data-menu][open]")) {
        if (!menu.contains(event.target)) menu.open = false;
    }
});
document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of document.querySelectorAll("details[data-menu][open]")) {
        menu.open = false;
        menu.querySelector("summary").focus();
    }
});

// Where the navigation is a row, the page that is open is in sight.
document.querySelector(".side [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

// What was refused is read first.
document.querySelector("[data-focus]")?.focus();

// What stands around a list and carries its address, or the selection, along.
const follow = (page) => {
    for (const there of page.querySelectorAll("[data-follows]")) {
        document.querySelector(`[data-follows="${there.dataset.follows}"]`)?.replaceWith(there);
    }
};

// A list is searched as one types: the same page is asked for, and its table takes the place of this one.
const TYPING_PAUSE_MILLIS = 180;
const search = document.querySelector("form[data-search]");
if (search) {
    let waiting = 0;
    let asked = null;
    const look = async () => {
        asked?.abort();
        asked = new AbortController();
        const address = `${search.action}?${new URLSearchParams(new FormData(search))}`;
        try {
            const answer = await fetch(address, { signal: asked.signal, headers: { accept: "text/html" } });
            if (!answer.ok || answer.redirected) return;
            const page = new DOMParser().parseFromString(await answer.text(), "text/html");
            const found = page.querySelector("[data-list]");
            if (!found) return;
            document.querySelector("[data-list]").replaceWith(found);
            follow(page);
            history.replaceState(null, "", address);
            here = location.href;
        } catch (error) {
            if (error.name !== "AbortError") throw error;
        }
    };
    search.addEventListener("input", () => {
        clearTimeout(waiting);
        waiting = setTimeout(look, TYPING_PAUSE_MILLIS);
    });
}

// A page is turned in place: the keyboard stays where it is, and only the rows of the new page are kept. Where that
// fails, the form goes its usual way.
let turning = false;
let plainly = false;
const turn = async (list, button) => {
    const body = new URLSearchParams(new FormData(list, button));
    const answer = await fetch(list.getAttribute("action"), { method: "POST", body, headers: { accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = page.querySelector("[data-list]");
    if (!answer.ok || !found) throw new Error("no list");
    follow(page);
    list.replaceWith(found);
    here = answer.url;
    history.pushState(null, "", here);
    found.scrollIntoView({ block: "start" });
    const again = `.pages button[value^="${button.value.split(":")[0]}:"]:not(:disabled)`;
    (found.querySelector(again) ?? found.querySelector(".table-frame"))?.focus({ preventScroll: true });
};
document.addEventListener("submit", (event) => {
    const button = event.submitter;
    const list = event.target.closest?.("[data-list]");
    if (plainly || !list || !button?.matches(".pages button")) return;
    event.preventDefault();
    if (turning) return;
    turning = true;
    const usual = () => {
        plainly = true;
        list.requestSubmit(button);
    };
    turn(list, button).catch(usual).finally(() => (turning = false));
});
let here = location.href;
addEventListener("popstate", () => {
    const plain = (address) => address.split("#")[0];
    if (plain(location.href) !== plain(here)) location.reload();
});

// What is done with the selected is shown once somebody is selected; all of a page are selected at once.
const tell = (list) => {
    const boxes = [...list.querySelectorAll("td.pick input")];
    const elsewhere = list.querySelectorAll("input[type=hidden][name=sel]").length;
    const chosen = boxes.filter((box) => box.checked).length;
    list.querySelector("[data-bulk]")?.toggleAttribute("data-idle", chosen + elsewhere === 0);
    const all = list.querySelector("th.pick input");
    if (!all) return;
    all.checked = chosen > 0 && chosen === boxes.length;
    all.indeterminate = chosen > 0 && chosen < boxes.length;
};
const ready = () => {
    const list = document.querySelector("[data-list]");
    const head = list?.querySelector("th.pick");
    if (!head || head.querySelector("input")) return;
    const all = document.createElement("input");
    all.type = "checkbox";
    all.setAttribute("aria-label", head.textContent.trim());
    head.append(all);
    tell(list);
};
ready();
new MutationObserver(ready).observe(document.querySelector("main") ?? document.body, { childList: true });
document.addEventListener("change", (event) => {
    const list = event.target.closest?.("[data-list]");
    if (!list) return;
    if (event.target.matches("th.pick input")) {
        for (const box of list.querySelectorAll("td.pick input")) box.checked = event.target.checked;
    }
    tell(list);
});

// Edits that are not saved are not lost by a click.
let touched = false;
for (const form of document.querySelectorAll("form[data-keep]")) {
    form.addEventListener("input", () => (touched = true));
    form.addEventListener("submit", () => (touched = false));
}
addEventListener("beforeunload", (event) => {
    if (touched) event.preventDefault();
});

// Where one is, stays in sight where the sections need more room than there is.
for (const here of document.querySelectorAll(".side [aria-current], .tabs [aria-current]")) {
    const row = here.closest("nav");
    if (row.scrollWidth > row.clientWidth) {
        row.scrollLeft += here.getBoundingClientRect().left - row.getBoundingClientRect().left - row.clientWidth / 3;
    }
}

// What changes is shown as it changes: while somebody looks, the page is asked for again when the log has gone on, and
// the parts that are marked are taken over. A part that is being worked in is left alone.
const AGAIN_MILLIS = 1000;
const AGAIN_MILLIS_MAX = 60000;
const live = document.querySelector("[data-live]");
if (live) {
    let source = null;
    let shown = live.dataset.head;
    let pause = AGAIN_MILLIS;
    const isWorkedIn = (part) => {
        const marked = getSelection();
        const reads = !marked.isCollapsed && part.contains(marked.anchorNode);
        return reads || part.contains(document.activeElement) || part.querySelector("input:checked");
    };
    const renew = async () => {
        const answer = await fetch(location.href, { headers: { accept: "text/html" } });
        if (!answer.ok || answer.redirected) return;
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        for (const part of document.querySelectorAll("[data-live]")) {
            const found = page.querySelector(`[data-live="${part.dataset.live}"]`);
            if (!found || isWorkedIn(part) || part.innerHTML === found.innerHTML) continue;
            part.replaceChildren(...found.childNodes);
        }
        ready();
    };
    const follow = () => {
        source?.close();
        source = null;
        if (document.visibilityState !== "visible") return;
        source = new EventSource("/console/live");
        // A stream that is over is opened again by the browser; one that was refused, as by a server that starts, is not.
        source.addEventListener("error", () => {
            if (source?.readyState !== EventSource.CLOSED) return;
            setTimeout(follow, pause);
            pause = Math.min(2 * pause, AGAIN_MILLIS_MAX);
        });
        source.addEventListener("message", ({ data }) => {
            pause = AGAIN_MILLIS;
            if (data === shown) return;
            shown = data;
            renew().catch(() => {});
        });
    };
    document.addEventListener("visibilitychange", follow);
    addEventListener("pagehide", () => source?.close());
    follow();
}

// A page that is made to be printed.
for (const button of document.querySelectorAll("button[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
}

// A moment is chosen on the line of all records, too.
for (const field of document.querySelectorAll("input[data-slider]")) {
    const slider = document.createElement("input");
    slider.type = "range";
    slider.className = "slider";
    slider.max = field.dataset.slider;
    slider.setAttribute("aria-label", field.dataset.label);
    const follow = () => (slider.value = /^\d+$/.test(field.value) ? field.value : field.dataset.slider);
    follow();
    field.addEventListener("input", follow);
    slider.addEventListener("input", () => (field.value = slider.value));
    slider.addEventListener("change", () => field.form.requestSubmit());
    field.after(slider);
}

// A picture that was chosen is shown. It counts when it is saved.
for (const input of document.querySelectorAll("input[type=file][name=image]")) {
    const place = input.closest(".portrait")?.querySelector("[data-preview]");
    input.addEventListener("change", () => {
        const [file] = input.files;
        if (!file || !place) return;
        const shown = document.createElement("img");
        shown.className = "picture";
        shown.alt = "";
        shown.src = URL.createObjectURL(file);
        shown.addEventListener("load", () => URL.revokeObjectURL(shown.src));
        place.replaceChildren(shown);
    });
}
