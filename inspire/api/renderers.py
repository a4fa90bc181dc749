"""GeoJSON beside JSON."""

from rest_framework.renderers import JSONRenderer


class GeoJSONRenderer(JSONRenderer):
    """A page of the library as GeoJSON (RFC 7946), for `?format=geojson`."""

    media_type = "application/geo+json"
    format = "geojson"
