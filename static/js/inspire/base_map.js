/* What lies under the points: the outline that ships with the portal, or the tiles that the installation chose. */

const LABEL_FROM_ZOOM = 4;

export async function drawBaseMap(map, settings) {
  const tiles = JSON.parse(settings.tiles || "[]");
  if (tiles.length) {
    for (const { url, attribution } of tiles) L.tileLayer(url, { attribution, noWrap: true }).addTo(map);
    return;
  }
  map.attributionControl.addAttribution("Natural Earth");
  map.createPane("outline").style.zIndex = 200;
  const answer = await fetch(settings.outline);
  if (!answer.ok) return;
  const outline = await answer.json();
  // A generous margin, so that dragging does not show the edge of what is drawn.
  const renderer = L.svg({ pane: "outline", padding: 0.5 });
  L.geoJSON(outline, {
    pane: "outline",
    renderer,
    interactive: false,
    style: (feature) => ({ className: `map-${feature.properties.kind}`, renderer }),
    pointToLayer: (feature, place) => label(map, feature.properties.name, place),
  }).addTo(map);
}

function label(map, name, place) {
  const text = document.createElement("span");
  text.textContent = name;
  const marker = L.marker(place, {
    icon: L.divIcon({ className: "map-label", html: text, iconSize: null }),
    interactive: false,
    keyboard: false,
  });
  const toggle = () => marker.getElement()?.toggleAttribute("hidden", map.getZoom() < LABEL_FROM_ZOOM);
  marker.on("add", toggle);
  map.on("zoomend", toggle);
  return marker;
}
