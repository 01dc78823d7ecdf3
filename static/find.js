/* Suggestions below a search box while one types, from the address that browsers use too. Without it the box is a plain form. */
"use strict";
{
  const WAIT = 200;
  let timer, asked;

  const suggest = async box => {
    asked?.abort();
    asked = new AbortController();
    const address = box.list.dataset.suggestions;
    try {
      const answer = await fetch(`${address}?q=${encodeURIComponent(box.value)}`, { signal: asked.signal });
      if (!answer.ok) return;
      const [, titles, kinds] = await answer.json();
      box.list.replaceChildren(...titles.map((title, place) => new Option(kinds[place], title)));
    } catch {
      /* Nobody waits for suggestions: whoever has typed on, or has no connection, goes without. */
    }
  };

  document.addEventListener("input", event => {
    const box = event.target;
    if (box.list?.id !== "suggested") return;
    clearTimeout(timer);
    /* What was taken from the list is not looked for again. */
    if ([...box.list.options].some(option => option.value === box.value)) return;
    if (box.value.trim().length > 1) timer = setTimeout(suggest, WAIT, box);
    else box.list.replaceChildren();
  });
}
