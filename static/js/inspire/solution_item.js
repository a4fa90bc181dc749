/* A solution as a list item, and texts with a number in them. */

export function fill(text, number) {
  return text.replace("{n}", number.toLocaleString(document.documentElement.lang));
}

export function solutionItem(solution) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = solution.url;
  link.lang = solution.language;
  link.textContent = solution.title;
  const place = document.createElement("span");
  place.className = "small soft";
  place.textContent = solution.place;
  item.append(link, " ", place);
  return item;
}
