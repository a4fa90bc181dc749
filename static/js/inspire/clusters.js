/* Points of one or many solutions, kept while the map moves so that the keyboard does not lose its place. */

import { fill, solutionItem } from "./solution_item.js";

const SIZES = [[1, 28], [10, 36], [100, 44], [1000, 52]];
const EDGE = 0.00001;
const POPUP_WIDTH = 280;
// Room for the buttons at the left, and for the popup's own margins.
const LEFT_OF_POPUP = 62;
const AROUND_POPUP = 124;

export class ClusterLayer {
  constructor(map, texts) {
    this.map = map;
    this.texts = texts;
    this.markers = new Map();
  }

  show(features) {
    const wanted = new Map(features.map((feature) => [key(feature), feature]));
    for (const [name, marker] of this.markers) {
      if (!wanted.has(name)) {
        marker.remove();
        this.markers.delete(name);
      }
    }
    for (const [name, feature] of wanted) {
      if (!this.markers.has(name)) this.markers.set(name, this.add(feature));
    }
  }

  add(feature) {
    const [longitude, latitude] = feature.geometry.coordinates;
    const marker = L.marker([latitude, longitude], { icon: icon(feature.properties), keyboard: true });
    marker.addTo(this.map);
    this.describe(marker.getElement(), feature.properties);
    if (feature.properties.members.length) {
      this.listMembers(marker, feature.properties);
    } else {
      this.zoomIn(marker, feature.properties);
    }
    return marker;
  }

  describe(element, { count, members }) {
    const many = members.length ? this.texts.textMany : this.texts.textZoom;
    element.setAttribute("role", "button");
    element.setAttribute("aria-label", count === 1 ? `${members[0].title}, ${members[0].place}` : fill(many, count));
  }

  zoomIn(marker, { bounds: [west, south, east, north] }) {
    const go = () => {
      this.map.getContainer().focus({ preventScroll: true });
      this.map.fitBounds([[south, west], [north, east]], { padding: [50, 50] });
    };
    marker.on("click", go);
    onEnter(marker.getElement(), go);
  }

  listMembers(marker, properties) {
    const width = Math.min(POPUP_WIDTH, this.map.getSize().x - AROUND_POPUP);
    marker.bindPopup(() => this.memberList(properties), {
      maxWidth: width,
      minWidth: Math.min(200, width),
      autoPanPaddingTopLeft: [LEFT_OF_POPUP, 8],
      autoPanPaddingBottomRight: [8, 8],
    });
    marker.on("popupopen", ({ popup }) => this.preparePopup(popup.getElement()));
    onEnter(marker.getElement(), () => {
      marker.openPopup();
      const popup = marker.getPopup().getElement();
      popup.querySelector(".solution-popup a").focus();
      marker.once("popupclose", () => marker.getElement()?.focus());
    });
  }

  preparePopup(element) {
    element.querySelector(".leaflet-popup-close-button").setAttribute("aria-label", this.texts.textClose);
    element.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.map.closePopup();
    });
  }

  memberList({ count, members, bounds }) {
    const list = document.createElement("ul");
    list.className = "solution-popup";
    list.append(...members.map(solutionItem));
    if (count > members.length) list.append(this.allInList(count, bounds));
    return list;
  }

  allInList(count, [west, south, east, north]) {
    const url = new URL(this.texts.listUrl, location.href);
    url.searchParams.set("box", [west - EDGE, south - EDGE, east + EDGE, north + EDGE].map((n) => n.toFixed(6)).join(","));
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = url;
    link.textContent = fill(this.texts.textAll, count);
    item.append(link);
    return item;
  }
}

function key({ geometry, properties }) {
  return `${geometry.coordinates.join()}/${properties.count}/${properties.members[0]?.url}`;
}

function icon({ count, is_country_wide: isCountryWide }) {
  const size = SIZES.findLast(([least]) => count >= least)[1];
  const dot = document.createElement("span");
  dot.className = `map-dot map-dot--${size}${isCountryWide ? " map-dot--ring" : ""}`;
  if (count > 1) dot.textContent = count.toLocaleString(document.documentElement.lang);
  const target = Math.max(size, 44);
  return L.divIcon({ className: "map-marker", html: dot, iconSize: [target, target] });
}

function onEnter(element, action) {
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    event.stopPropagation();
    action();
  });
}
