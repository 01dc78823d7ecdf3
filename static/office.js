/* The record office, while somebody types. Every form works without it; it only saves steps. */
"use strict";
{
  const $ = window.django && window.django.jQuery;

  /* --- Dates are repeated back as they are understood ------------------------------------------------------------- */

  const repeatBack = async (input, output) => {
    const text = input.value.trim();
    if (!text) {
      output.textContent = "";
      output.classList.remove("refused");
      return;
    }
    const response = await fetch(`${output.dataset.understood}?${new URLSearchParams({ date: text })}`);
    if (input.value.trim() !== text || !response.ok || response.redirected) {
      return;
    }
    const { understood, refused } = await response.json();
    output.textContent = refused || `Understood as: ${understood}`;
    output.classList.toggle("refused", Boolean(refused));
  };

  const waiting = new WeakMap();
  document.addEventListener("input", (event) => {
    const output = event.target.parentElement.querySelector(":scope > output.understood");
    if (output) {
      clearTimeout(waiting.get(output));
      waiting.set(output, setTimeout(() => repeatBack(event.target, output), 300));
    }
  });

  /* --- Suggestions show the code and the kind of each, and which of its names was meant ---------------------------- */

  const element = (name, className, text) => {
    const made = document.createElement(name);
    made.className = className;
    made.textContent = text;
    return made;
  };

  const shown = (suggestion) => {
    if (!suggestion.id || suggestion.isNew) {
      return suggestion.text;
    }
    const line = element("span", "suggestion", "");
    line.append(element("span", "suggestion-name", suggestion.text));
    if (suggestion.code) {
      line.append(" ", element("span", "code", suggestion.code));
    }
    const also = suggestion.also ? `also “${suggestion.also}”` : "";
    const told = [also, suggestion.kind].filter(Boolean).join(" · ");
    if (told) {
      line.append(element("span", "suggestion-kind", told));
    }
    return line;
  };

  /* The field beside another one in the same row: the participant of a name as recorded, and the other way round. */
  const beside = (select, name) => {
    const row = select.closest("tr");
    return row && row.querySelector(`select[name$="-${name}"]`);
  };

  const choose = (select, choice) => {
    $(select).empty();
    if (choice) {
      select.append(new Option(choice.text, choice.id, true, true));
    }
    $(select).trigger("change");
  };

  const newPlace = () => document.getElementById("id_new_place");

  /* What was chosen fills what goes with it: the name that was meant, whom a name leads to, a place to be made. */
  const chosen = (select, choice) => {
    if (choice.isNew) {
      newPlace().value = choice.id;
      choose(select, null);
      newPlace().focus();
      return;
    }
    const name = beside(select, "recorded_as");
    const participant = beside(select, "participant");
    if (select !== name && name) {
      choose(name, choice.name);
    } else if (select === name && participant && choice.owner) {
      choose(participant, choice.owner);
    }
  };

  /* What one reads or types in has no name of its own: it takes that of the field, and says what is chosen. */
  const named = (select) => {
    const label = select.getAttribute("aria-label") || (select.labels.length ? select.labels[0].textContent : "");
    const options = [...select.selectedOptions].filter((option) => option.value).map((option) => option.text);
    const box = select.nextElementSibling.querySelector("[role=combobox]");
    box.removeAttribute("aria-labelledby");
    box.setAttribute("aria-label", [label, ...options].join(", "));
    for (const part of box.querySelectorAll("[role=searchbox], [role=textbox]")) {
      part.setAttribute("aria-label", label);
    }
  };

  const suggest = (select) => {
    const makesPlaces = select.name === "place" && newPlace();
    if (select.multiple) {
      delete select.dataset.allowClear; // each can be taken out by itself
    }
    $(select).select2({
      ajax: {
        data: (typed) => {
          const participant = select.name.endsWith("-recorded_as") && beside(select, "participant");
          return {
            term: typed.term,
            page: typed.page,
            app_label: select.dataset.appLabel,
            model_name: select.dataset.modelName,
            field_name: select.dataset.fieldName,
            ...(participant && participant.value ? { participant: participant.value } : {}),
          };
        },
      },
      templateResult: shown,
      ...(makesPlaces
        ? {
            tags: true,
            createTag: (typed) => ({ id: typed.term.trim(), text: `New place: ${typed.term.trim()}`, isNew: true }),
            insertTag: (results, tag) => results.push(tag),
          }
        : {}),
    });
    named(select);
    $(select).on("select2:select", (event) => chosen(select, event.params.data)).on("change", () => named(select));
  };

  if ($ && $.fn.djangoAdminSelect2) {
    $.fn.djangoAdminSelect2 = function () {
      this.each((_, select) => suggest(select));
      return this;
    };
    /* The field to type in has no name of its own. */
    $(document).on("select2:open", (event) => {
      const search = document.querySelector(".select2-dropdown .select2-search__field");
      if (search) {
        search.setAttribute("aria-label", event.target.getAttribute("aria-label") || "Search");
        search.focus();
      }
    });
  }

  /* --- What is not saved yet --------------------------------------------------------------------------------------- */

  const note = document.querySelector(".save-bar .unsaved");
  if (note) {
    const touched = new Set();
    const touch = (name) => {
      touched.add(name);
      note.textContent = `${touched.size} field${touched.size === 1 ? "" : "s"} changed, not yet saved`;
    };
    const form = note.closest("form");
    form.addEventListener("input", (event) => event.target.name && touch(event.target.name));
    $(form).on("select2:select select2:unselect", (event) => touch(event.target.name));
  }

  /* --- How far a long work is -------------------------------------------------------------------------------------- */

  /* The step is read out when it is another one; the figures beside it are not, or they would never end. */
  const askAgain = (standing) => setTimeout(async () => {
    const response = await fetch(location.href).catch(() => null);
    if (response && response.redirected) {
      location.assign(response.url);
      return;
    }
    const page = new DOMParser().parseFromString(response && response.ok ? await response.text() : "", "text/html");
    const now = page.querySelector(".standing");
    if (now) {
      document.title = page.title;
      const step = standing.querySelector("[role=status]");
      const words = now.querySelector("[role=status]").textContent;
      if (step.textContent !== words) {
        step.textContent = words;
      }
      standing.querySelector(".so-far").replaceWith(now.querySelector(".so-far"));
    }
    if (!now || "asksAgain" in now.dataset) {
      askAgain(standing);
    }
  }, 1000);

  const standing = document.querySelector(".standing[data-asks-again]");
  if (standing) {
    askAgain(standing);
  }
}
