// What Gradio has no handler for: following a number to its source, and the place in a document into view.
// It reads and moves what is on the page; it builds no HTML.
(() => {
  "use strict";

  const byId = (id) => document.getElementById(id);
  const calm = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const narrow = () => window.matchMedia("(max-width: 900px)").matches;
  const behavior = () => (calm() ? "auto" : "smooth");

  function selectTab(name) {
    const tab = document.querySelector(`#${name}-tab-button`);
    if (tab && tab.getAttribute("aria-selected") !== "true") tab.click();
  }

  function showSource(id) {
    selectTab("sources");
    // The tab is drawn in the next frames.
    whenThere(() => byId(id) && byId("sources"), () => {
      const source = byId(id);
      document.querySelectorAll("#sources .turn-sources").forEach((group) => {
        group.classList.toggle("current", group.contains(source));
      });
      document.querySelectorAll("#sources .source.marked").forEach((old) => old.classList.remove("marked"));
      source.classList.add("marked");
      source.focus({ preventScroll: true });
      source.scrollIntoView({ block: narrow() ? "start" : "nearest", behavior: behavior() });
    });
  }

  function whenThere(find, act, tries = 60) {
    const found = find();
    if (found && found.offsetParent !== null) act(found);
    else if (tries > 0) requestAnimationFrame(() => whenThere(find, act, tries - 1));
  }

  function openPlace(command) {
    const field = document.querySelector("#command textarea, #command input");
    if (!field) return;
    // The same place twice is two requests: Gradio acts on a change only.
    if (field.value === command) command += "&again=1";
    field.value = command;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function showPlace() {
    whenThere(() => document.querySelector("#document .document"), (shown) => {
      const mark = shown.querySelector("mark");
      const text = shown.querySelector(".document-text");
      if (narrow()) shown.scrollIntoView({ block: "start", behavior: "auto" });
      if (mark) text.scrollTop += mark.getBoundingClientRect().top - text.getBoundingClientRect().top - 80;
      else text.scrollTop = 0;
    });
  }

  async function copyAnswer(button) {
    const field = document.querySelector("#export textarea, #export input");
    if (!field || !field.value) return;
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      // Without a certificate a browser gives the clipboard to this machine's own pages only.
      const text = field.value;
      const put = (event) => {
        event.clipboardData.setData("text/plain", text);
        event.preventDefault();
      };
      document.addEventListener("copy", put, { once: true });
      document.execCommand("copy");
    }
    button.classList.add("done");
    setTimeout(() => button.classList.remove("done"), 1600);
  }

  const THEME = "tanya-theme";
  function setTheme(dark) {
    document.body.classList.toggle("dark", dark);
  }
  function toggleTheme() {
    const dark = !document.body.classList.contains("dark");
    setTheme(dark);
    try {
      localStorage.setItem(THEME, dark ? "dark" : "light");
    } catch {
      // A browser that keeps nothing still switches for this visit.
    }
  }

  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const marker = target?.closest("a.marker");
    if (marker) {
      event.preventDefault();
      showSource(marker.getAttribute("href").slice(1));
      return;
    }
    const opener = target?.closest("button.open");
    if (opener) openPlace(opener.value);
    else if (target?.closest("#theme")) toggleTheme();
    else if (target?.closest("#copy")) copyAnswer(target.closest("#copy"));
  });

  function showNewest() {
    const exchanges = document.querySelectorAll("#chat .exchange");
    const newest = exchanges[exchanges.length - 1];
    if (!newest) return;
    if (narrow()) newest.scrollIntoView({ block: "start", behavior: behavior() });
    else byId("chat").scrollTop = newest.offsetTop - byId("chat").offsetTop;
  }

  const seen = { language: "", place: null, exchanges: 0, groups: 0 };
  function look() {
    // The log stays while its content is drawn anew, so that a screen reader hears what is added.
    byId("chat")?.setAttribute("role", "log");
    const language = document.querySelector(".masthead")?.lang ?? "";
    if (language && language !== seen.language) document.documentElement.lang = language;
    const place = document.querySelector("#document .document");
    if (place && place !== seen.place) showPlace();
    const exchanges = document.querySelectorAll("#chat .exchange").length;
    if (exchanges > seen.exchanges) showNewest();
    const groups = document.querySelectorAll("#sources .turn-sources").length;
    // Not at once: what is not yet drawn keeps where it was scrolled to.
    if (groups > seen.groups) whenThere(() => byId("sources"), (panel) => (panel.scrollTop = 0));
    Object.assign(seen, { language, place, exchanges, groups });
  }
  new MutationObserver(look).observe(document.body, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ["lang"],
  });

  // A phone would open its keyboard over the page.
  whenThere(() => document.querySelector("#question textarea"), (field) => narrow() || field.focus(), 600);

  try {
    const kept = localStorage.getItem(THEME);
    if (kept) setTheme(kept === "dark");
  } catch {
    // As above.
  }
})();
