/* The arrow keys walk from marker to marker while one has the focus; elsewhere on the map they move it, as ever. */

const DIRECTIONS = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

export function walk(map, markers) {
  map.getContainer().addEventListener("keydown", (event) => {
    const direction = DIRECTIONS[event.key];
    const all = [...markers.values()];
    const here = all.find((marker) => marker.getElement() === document.activeElement);
    if (!here) return;
    if (event.key === "Escape") return leave(map, event);
    if (!direction || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    next(map, all, here, direction)?.getElement().focus();
  }, { capture: true });
}

function leave(map, event) {
  event.stopPropagation();
  map.getContainer().focus({ preventScroll: true });
}

/* The nearest one in that direction; what lies aside counts double. */
function next(map, all, here, { x, y }) {
  const from = map.latLngToContainerPoint(here.getLatLng());
  let best = null;
  let least = Infinity;
  for (const marker of all) {
    const { x: across, y: down } = map.latLngToContainerPoint(marker.getLatLng()).subtract(from);
    const ahead = across * x + down * y;
    const aside = Math.abs(across * y) + Math.abs(down * x);
    const way = ahead + 2 * aside;
    if (marker !== here && ahead > 0 && ahead >= aside / 2 && way < least && isSeen(map, marker)) {
      best = marker;
      least = way;
    }
  }
  return best;
}

function isSeen(map, marker) {
  return map.getBounds().contains(marker.getLatLng());
}
