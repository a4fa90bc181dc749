/* Where the map looks, kept in the address so that it can be shared and survives the back button. */

const FORM = /^#mapa=(\d+(?:\.\d+)?)\/(-?\d+(?:\.\d+)?)\/(-?\d+(?:\.\d+)?)$/;

export function readView() {
  const found = FORM.exec(location.hash);
  if (!found) return null;
  const [zoom, latitude, longitude] = found.slice(1).map(Number);
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { zoom, latitude, longitude } : null;
}

export function writeView(map) {
  const center = map.getCenter();
  const view = `#mapa=${map.getZoom()}/${center.lat.toFixed(3)}/${center.lng.toFixed(3)}`;
  history.replaceState(history.state, "", view);
}
