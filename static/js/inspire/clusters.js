/* Points of one or many solutions, kept while the map moves so that the keyboard does not lose its place. */

import { fill, solutionItem } from "./solution_item.js";
import { walk } from "./map_keys.js";

const SIZES = [[1, 28], [10, 36], [100, 44], [1000, 52]];
const POPUP_WIDTH = 280;
// Room for the buttons at the left, and for the popup's own margins.
const LEFT_OF_POPUP = 62;
const AROUND_POPUP = 124;

export class ClusterLayer {
  constructor(map, texts) {
    this.map = map;
    this.texts = texts;
    this.markers = new Map();
    walk(map, this.markers);
  }

  show(features) {
    const wanted = new Map(features.map((feature) => [key(feature), feature]));
    const hadFocus = this.focused();
    for (const [name, marker] of this.markers) {
      if (!wanted.has(name)) {
        marker.remove();
        this.markers.delete(name);
      }
    }
    for (const [name, feature] of wanted) {
      if (!this.markers.has(name)) this.markers.set(name, this.add(feature));
    }
    if (hadFocus && !this.focused()) this.returnFocus(hadFocus);
    if (this.goTo) this.focusNear(this.goTo);
  }

  /* Where the marker with the keyboard's focus is, if there is one. */
  focused() {
    return [...this.markers.values()].find((marker) => marker.getElement() === document.activeElement)?.getLatLng();
  }

  /* A popup that is open keeps the focus, wherever its marker went. */
  returnFocus(place) {
    if (this.map.getContainer().contains(document.activeElement)) return;
    this.focusNear(place);
  }

  focusNear(place) {
    this.goTo = null;
    const near = (marker) => this.map.distance(marker.getLatLng(), place);
    const [closest] = [...this.markers.values()].sort((one, other) => near(one) - near(other));
    (closest?.getElement() ?? this.map.getContainer()).focus({ preventScroll: true });
  }

  add(feature) {
    const [longitude, latitude] = feature.geometry.coordinates;
    const marker = L.marker([latitude, longitude], { icon: icon(feature.properties), keyboard: true });
    marker.addTo(this.map);
    this.describe(marker.getElement(), feature.properties);
    if (feature.properties.members.length) {
      this.listMembers(marker, feature.properties);
    } else {
      this.split(marker, feature.properties);
    }
    return marker;
  }

  describe(element, { count, members, is_country_wide: isCountryWide }) {
    const many = members.length ? this.texts.textMany : this.texts.textZoom;
    const label = count === 1 && members.length ? `${members[0].title}, ${members[0].place}` : fill(many, count);
    element.setAttribute("role", "button");
    element.setAttribute("aria-label", isCountryWide && count > 1 ? `${label}, ${this.texts.textCountry}` : label);
    if (members.length) element.setAttribute("aria-haspopup", "dialog");
  }

  /* At least a step closer, and as close as what the cluster holds allows: so that it parts. */
  split(marker, properties) {
    const [west, south, east, north] = properties.bounds;
    const bounds = L.latLngBounds([south, west], [north, east]);
    const go = (byKeyboard) => {
      const closest = this.map.getMaxZoom();
      if (this.map.getZoom() >= closest) return this.openList(marker, properties, byKeyboard);
      const fitting = this.map.getBoundsZoom(bounds, false, L.point(100, 100));
      const zoom = Math.min(closest, Math.max(fitting, this.map.getZoom() + 1));
      if (byKeyboard) this.goTo = marker.getLatLng();
      const center = fitting > this.map.getZoom() ? bounds.getCenter() : marker.getLatLng();
      return this.map.setView(center, zoom);
    };
    marker.on("click", () => go(false));
    onEnter(marker.getElement(), () => go(true));
  }

  listMembers(marker, properties) {
    marker.on("click", () => this.openList(marker, properties, false));
    onEnter(marker.getElement(), () => this.openList(marker, properties, true));
  }

  openList(marker, properties, byKeyboard) {
    const width = Math.min(POPUP_WIDTH, this.map.getSize().x - AROUND_POPUP);
    const popup = L.popup({
      maxWidth: width,
      minWidth: Math.min(200, width),
      offset: [0, -10],
      autoPanPaddingTopLeft: [LEFT_OF_POPUP, 8],
      autoPanPaddingBottomRight: [8, 8],
    });
    popup.setLatLng(marker.getLatLng()).setContent(this.memberList(properties)).openOn(this.map);
    this.preparePopup(popup, properties);
    if (!byKeyboard) return;
    popup.getElement().querySelector(".solution-popup a")?.focus({ preventScroll: true });
    popup.once("remove", () => this.focusNear(marker.getLatLng()));
  }

  preparePopup(popup, { count }) {
    const element = popup.getElement();
    element.setAttribute("role", "dialog");
    element.setAttribute("aria-label", count === 1 ? this.texts.textOne : fill(this.texts.textMany, count));
    element.querySelector(".leaflet-popup-close-button").setAttribute("aria-label", this.texts.textClose);
    element.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      this.map.closePopup(popup);
    });
  }

  memberList({ count, members, bounds }) {
    const list = document.createElement("ul");
    list.className = "solution-popup";
    list.append(...members.map(solutionItem));
    if (count > members.length) list.append(this.allInList(count, bounds));
    return list;
  }

  allInList(count, bounds) {
    const url = new URL(this.texts.listUrl, location.href);
    url.searchParams.set("box", bounds.join(","));
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
  if (count > 1) dot.textContent = shortNumber(count);
  const target = Math.max(size, 44);
  return L.divIcon({ className: "map-marker", html: dot, iconSize: [target, target] });
}

/* What fits into a dot; the label says the whole number. */
function shortNumber(count) {
  const language = document.documentElement.lang;
  return count < 10000
    ? count.toLocaleString(language)
    : new Intl.NumberFormat(language, { notation: "compact", maximumFractionDigits: 0 }).format(count);
}

function onEnter(element, action) {
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    event.stopPropagation();
    action();
  });
}
