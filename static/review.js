/* What was read and the words that it was read from: pointing at either marks the other. All is there without it. */
"use strict";
{
  /* Columns that one field of a form stands for. */
  const COLUMNS = { place: ["city", "country"], recorded_as: [], participant: [] };
  const POINTED = "pointed";

  const columnsOf = (element) => {
    const named = element.closest("[data-read], [data-column]");
    if (named) {
      return (named.dataset.read || named.dataset.column).split(" ");
    }
    const field = element.closest("input, select, textarea");
    if (!field || !field.name) {
      return [];
    }
    const role = field.closest("tr") && field.closest("tr").querySelector("select[name$=-role]");
    return role ? [`${role.value}s`] : COLUMNS[field.name] || [field.name];
  };

  /* What is read is marked within its own entry; a form has one passage, or several beside it. */
  const readings = (element) => {
    const own = element.closest("[data-reading]");
    return own ? [own] : element.closest(".form-columns") ? document.querySelectorAll("[data-reading]") : [];
  };

  let marked = [];
  const point = (element) => {
    marked.forEach((each) => each.classList.remove(POINTED));
    const columns = columnsOf(element);
    marked = [...readings(element)].flatMap((reading) =>
      columns.flatMap((name) => [
        ...reading.querySelectorAll(`[data-read~="${CSS.escape(name)}"], [data-column="${CSS.escape(name)}"]`),
      ]),
    );
    marked.forEach((each) => each.classList.add(POINTED));
  };

  document.addEventListener("pointerover", (event) => {
    point(columnsOf(event.target).length ? event.target : document.activeElement);
  });
  document.addEventListener("focusin", (event) => point(event.target));
  document.addEventListener("click", (event) => {
    const words = event.target.closest("[data-read]");
    const field = words && words.closest("[data-reading]").querySelector(
      `[data-column="${CSS.escape(words.dataset.read.split(" ").pop())}"] :is(input, select, textarea)`,
    );
    if (field) {
      field.focus();
    }
  });
}
