// What makes the console handier. Everything works without it.

// A menu closes when something else is done.
const menus = document.querySelectorAll("details[data-menu]");
document.addEventListener("click", (event) => {
    for (const menu of menus) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of menus) {
        if (!menu.open) continue;
        menu.open = false;
        menu.querySelector("summary").focus();
    }
});

// What was refused is read first.
document.querySelector("[data-focus]")?.focus();
