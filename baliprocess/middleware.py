"""What every answer of the site carries and no setting of Django's says."""

from django.utils.cache import patch_cache_control

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


def kept_to_the_reader(get_response):
    """Let nobody else be given what was made for somebody who is signed in: nothing between keeps such an answer."""

    def middleware(request):
        response = get_response(request)
        if request.session.accessed:
            patch_cache_control(response, private=True)
        return response

    return middleware
