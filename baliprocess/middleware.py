"""What every answer of the site carries and no setting of Django's says."""

from django.middleware.gzip import GZipMiddleware

PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in ("camera", "display-capture", "geolocation", "microphone", "payment", "usb", "browsing-topics")
)


def permissions_policy(get_response):
    """Tell browsers that no page here uses the visitor's camera, microphone, whereabouts and the like."""

    def middleware(request):
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response

    return middleware


class PackingMiddleware(GZipMiddleware):
    """Packs answers, but for files that are given in ranges: these would not fit together."""

    def process_response(self, request, response):
        return response if response.has_header("Accept-Ranges") else super().process_response(request, response)
