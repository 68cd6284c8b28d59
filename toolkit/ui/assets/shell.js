// Said before Streamlit starts: its server is in the folder of this page, at every address.
window.__streamlit = { BACKEND_BASE_URL: new URL(".", window.location.href).href };

// A table or a file's text that is wider than its window scrolls sideways. This makes it
// reachable by keyboard in every browser, and says what it is to those who hear the page.
(() => {
  const wide =
    '[data-testid="stTable"] :has(> table), [data-testid="stMarkdownContainer"]:has(> table), pre';
  const reach = () => {
    for (const box of document.querySelectorAll(wide)) {
      if (box.scrollWidth > box.clientWidth) {
        box.tabIndex = 0;
        box.setAttribute("role", "region");
        box.setAttribute("aria-label", "Scrolls sideways");
      } else if (box.tabIndex === 0) {
        box.removeAttribute("tabindex");
        box.removeAttribute("role");
        box.removeAttribute("aria-label");
      }
    }
  };
  // The navigation's sections stand between its list and the items, where a list may have
  // nothing; to those who hear the page they are named groups of links instead.
  const name = () => {
    const items = '[data-testid="stSidebarNavItems"]';
    if (!document.querySelector(`${items} > div`)) return;
    for (const part of document.querySelectorAll(`${items}, ${items} li`)) {
      part.setAttribute("role", "none");
    }
    for (const section of document.querySelectorAll(`${items} > div`)) {
      const header = section.querySelector('[data-testid="stNavSectionHeader"] p');
      section.setAttribute("role", "group");
      section.setAttribute("aria-label", header ? header.textContent : "");
    }
  };
  let due = 0;
  const soon = () => {
    cancelAnimationFrame(due);
    due = requestAnimationFrame(() => {
      reach();
      name();
    });
  };
  new MutationObserver(soon).observe(document.documentElement, { childList: true, subtree: true });
  window.addEventListener("resize", soon);
})();
