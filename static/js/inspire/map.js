/* The map of solutions: clusters for what is in view, and the list beside it. Bound to [data-solution-map]. */

import { drawBaseMap } from "./base_map.js";
import { ClusterLayer } from "./clusters.js";
import { readView, writeView } from "./map_address.js";
import { fill, solutionItem } from "./solution_item.js";

const WAIT_MS = 150;
const BOUNDS = [[-85, -180], [85, 180]];

class SolutionMap {
  constructor(root) {
    this.root = root;
    this.texts = root.dataset;
    this.canvas = root.querySelector("[data-map-canvas]");
    this.list = root.querySelector("[data-map-list]");
    this.count = root.querySelector("[data-map-count]");
    this.failed = root.querySelector("[data-map-failed]");
    this.running = null;
  }

  start() {
    const moves = !matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.map = L.map(this.canvas, {
      zoomAnimation: moves,
      inertia: moves,
      maxBounds: BOUNDS,
      maxBoundsViscosity: 1,
      maxZoom: 16,
      zoomControl: false,
      zoomSnap: 0.5,
      fadeAnimation: false,
      worldCopyJump: false,
    });
    this.map.attributionControl.setPrefix(false);
    L.control.zoom({ zoomInTitle: this.texts.textZoomIn, zoomOutTitle: this.texts.textZoomOut }).addTo(this.map);
    this.map.setMinZoom(this.map.getBoundsZoom([[-60, -170], [75, 180]]));
    this.clusters = new ClusterLayer(this.map, this.texts);
    this.lookAtTheSet();
    drawBaseMap(this.map, this.texts);
    this.map.on("moveend", () => this.moved());
    // A popup near the edge of the world needs the space beyond it.
    this.map.on("autopanstart", () => this.map.setMaxBounds(null));
    this.map.on("popupclose", () => this.map.setMaxBounds(BOUNDS));
    this.load();
  }

  lookAtTheSet() {
    const view = readView();
    const extent = JSON.parse(this.texts.extent || "null");
    if (view) {
      this.map.setView([view.latitude, view.longitude], view.zoom);
    } else if (extent) {
      const [west, south, east, north] = extent;
      this.map.fitBounds([[south, west], [north, east]], { padding: [40, 40], maxZoom: 7, animate: false });
    } else {
      this.map.setView([-15, -30], 2);
    }
  }

  moved() {
    writeView(this.map);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.load(), WAIT_MS);
  }

  async load() {
    this.running?.abort();
    this.running = new AbortController();
    try {
      const answer = await fetch(this.address(), { signal: this.running.signal });
      if (!answer.ok) throw new Error(answer.statusText);
      this.show(await answer.json());
    } catch (error) {
      if (error.name !== "AbortError") this.fail();
    }
  }

  address() {
    const bounds = this.map.getBounds();
    // The world is drawn once: beyond its edges there is nothing to be seen.
    const [west, east] = [bounds.getWest(), bounds.getEast()].map((edge) => Math.max(-180, Math.min(180, edge)));
    const box = [west, bounds.getSouth(), east, bounds.getNorth()];
    const url = new URL(this.texts.url, location.href);
    url.searchParams.set("bbox", box.map((edge) => edge.toFixed(5)).join(","));
    url.searchParams.set("zoom", Math.floor(this.map.getZoom()));
    return url;
  }

  show(data) {
    this.failed.hidden = true;
    this.clusters.show(data.features);
    this.showHeading(data.in_view);
    this.list.replaceChildren(...data.listed.map(solutionItem));
    const more = data.in_view - data.listed.length;
    if (more > 0) this.list.append(this.note(fill(this.texts.textMore, more)));
    if (!data.in_view) this.list.append(this.note(this.texts.textNone));
  }

  showHeading(count) {
    const heading = this.root.querySelector("[data-map-heading]");
    heading.textContent = heading.dataset.text;
    this.count.textContent = count === 1 ? this.texts.textOne : fill(this.texts.textMany, count);
    this.root.querySelector("[data-map-pager]").hidden = true;
  }

  note(text) {
    const item = document.createElement("li");
    item.className = "soft";
    item.textContent = text;
    return item;
  }

  fail() {
    this.failed.textContent = this.texts.textFailed;
    this.failed.hidden = false;
  }
}

function startAll() {
  for (const root of document.querySelectorAll("[data-solution-map]:not([data-started])")) {
    root.dataset.started = "";
    new SolutionMap(root).start();
  }
}

startAll();
// Filtering exchanges the results, and the map with them.
document.body.addEventListener("htmx:afterSwap", startAll);
