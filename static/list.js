/* The list of activities while its filters are used: htmx changes it in place, and this sees to what else a page does.
   Without it every filter is a link or a field of a form, and leads to a page of its own. */
"use strict";
{
  /* What is found is told to those who do not see the page change; a page as it is loaded tells itself. */
  const told = document.createElement("p");
  told.className = "unseen";
  told.setAttribute("role", "status");
  document.body.append(told);

  /* htmx knows no links in drawings, such as those of the years: they are followed for it, but where a new tab is wanted. */
  document.addEventListener("click", event => {
    const link = event.target.closest("#filters svg a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    htmx.ajax("GET", link.getAttribute("href"), { source: link, push: "true" });
  });

  let unfolded = new Map();

  document.addEventListener("htmx:beforeSwap", () => {
    unfolded = new Map([...document.querySelectorAll("#filters, #filters details")].map(each => [each.id, each.open]));
  });

  document.addEventListener("htmx:afterSettle", () => {
    for (const [id, open] of unfolded) {
      const details = document.getElementById(id);
      if (details) details.open = open;
    }
    const found = document.getElementById("found");
    told.textContent = found.textContent;
    /* htmx gives the focus back to what has the same id; where that is gone, it goes to the words that say why. */
    if (document.activeElement === document.body) found.focus({ preventScroll: true });
  });

  /* An answer that is no list, such as that a page is not there, is shown as it is. */
  for (const failure of ["htmx:responseError", "htmx:sendError"]) {
    document.addEventListener(failure, event => location.assign(event.detail.pathInfo.finalRequestPath));
  }
}
