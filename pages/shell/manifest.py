"""What the two manifests of the site share."""

from pages.parts.assets import asset_url

ASK_EACH_TIME = {"Cache-Control": "no-cache"}
ICONS = (  # name, side in pixels, whether it may be cut to any shape
    ("icons/icon-192.png", 192, "any"),
    ("icons/icon-512.png", 512, "any"),
    ("icons/maskable-512.png", 512, "maskable"),
)


def icons() -> list[dict[str, str]]:
    """The icons, as a manifest names them."""
    return [
        {"src": asset_url(name), "sizes": f"{side}x{side}", "type": "image/png", "purpose": purpose}
        for name, side, purpose in ICONS
    ]
