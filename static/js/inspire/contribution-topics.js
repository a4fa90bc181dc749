// Shows the topics of the chosen areas; all of them while none is chosen, and those that are ticked in any case.

const areas = [...document.querySelectorAll("[data-desk] input[name=areas]")];
const list = document.getElementById("id_topics");

if (areas.length && list) {
  const labelOf = (input) => input.closest("label")?.textContent.trim();

  const judge = () => {
    const chosen = new Set(areas.filter((area) => area.checked).map(labelOf));
    for (const group of list.children) {
      const name = group.querySelector("label:not([for])")?.textContent.trim();
      const isTicked = Boolean(group.querySelector("input:checked"));
      group.hidden = Boolean(chosen.size && name && !chosen.has(name) && !isTicked);
    }
  };

  judge();
  for (const area of areas) area.addEventListener("change", judge);
}
