"""Line icons of our own, drawn on 24 x 24."""

from markupsafe import Markup

_DRAWN = {
    "menu": "<path d='M4 7h16M4 12h16M4 17h16'/>",
    "queue": "<path d='M4 6h10M4 12h10M4 18h6'/><path d='m15 16 2.5 2.5L22 13'/>",
    "people": (
        "<circle cx='9' cy='8' r='3.2'/><path d='M3 19c.6-3.6 3-5.4 6-5.4s5.4 1.8 6 5.4'/"
        "><path d='M15.5 5.200a3 3 0 0 1 0 5.600M17.5 14.200c2 .7 3.2 2.4 3.5 4.8'/>"
    ),
    "person": "<circle cx='12' cy='8' r='3.6'/><path d='M5 20c.7-4 3.4-6 7-6s6.3 2 7 6'/>",
    "building": (
        "<path d='M5 20V6l7-3 7 3v14M3 20h18M9 9h1.500M13.5 9H15M9 13h1.500M13.5 13H15M10"
        ".5 20v-3.500h3V20'/>"
    ),
    "flag": "<path d='M6 21V4M6 5c4-2.5 7 2.5 12 0v8c-5 2.5-8-2.5-12 0'/>",
    "audit": "<path d='M6 3h9l4 4v14H6zM14 3v5h5M9 12h6M9 16h6'/>",
    "key": "<circle cx='8' cy='15' r='4'/><path d='m11 12 8-8M16 7l3 3'/>",
    "keys": (
        "<rect x='3' y='6' width='18' height='12' rx='2'/><path d='M7 10h.01M11 10h.01M15"
        " 10h.01M7 14h10'/>"
    ),
    "status": "<path d='M3 12h4l2.5-7 5 14 2.5-7h4'/>",
    "call": "<path d='M4 10v4l3 .5V20h3v-5l9 4V5L7 9.500z'/>",
    "network": (
        "<circle cx='6' cy='6' r='2.5'/><circle cx='18' cy='8' r='2.5'/><circle cx='9' cy"
        "='18' r='2.5'/><path d='m8.3 6.6 7.3 1M6.8 8.400l1.6 7.200M16.2 9.700l-5.5 6.5'/"
        ">"
    ),
    "grid": "<path d='M4 4h16v16H4zM4 10h16M4 15h16M10 4v16M15 4v16'/>",
    "chart": "<path d='M4 20V4M4 20h16M8 16v-4M12 16V8M16 16v-6'/>",
    "job": "<circle cx='12' cy='12' r='8.5'/><path d='M12 7v5l3.5 2'/>",
    "inbox": "<path d='M4 13 6.5 5h11L20 13v6H4zM4 13h5l1 2.500h4l1-2.500h5'/>",
    "star": (
        "<path d='m12 4 2.4 5.2 5.6.7-4.2 3.9 1.1 5.600L12 16.600l-4.9 2.8 1.1-5.600L4 9."
        "900l5.6-.700z'/>"
    ),
    "search": "<circle cx='11' cy='11' r='6.5'/><path d='m16 16 4.5 4.5'/>",
    "edit": "<path d='M4 20l1-4.500L16 4.500l3.5 3.5-11 11z'/>",
    "download": "<path d='M12 4v11M7.5 11l4.5 4.5 4.5-4.500M4 20h16'/>",
    "bell": "<path d='M6 17v-6a6 6 0 0 1 12 0v6l1.5 1.500h-15zM10.5 21h3'/>",
    "link": (
        "<path d='M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.700l-1 1M14 10a4 4 0 0 0-6-.4"
        "l-3 3a4 4 0 0 0 5.7 5.700l1-1'/>"
    ),
    "lock": (
        "<rect x='5' y='11' width='14' height='9' rx='2'/><path d='M8 11V8a4 4 0 0 1 8 0v3'/>"
    ),
    "cloud": (
        "<path d='M7 18a4 4 0 0 1-.4-8A5.5 5.5 0 0 1 17.2 9 4.5 4.5 0 0 1 17 18zM10 14.50"
        "0h.01M14 14.500h.01'/>"
    ),
    "notice": "<path d='M12 4 2.5 20h19zM12 10v5M12 17.500h.01'/>",
    "empty": "<path d='M4 13 6.5 5h11L20 13v6H4zM4 13h5l1 2.500h4l1-2.500h5'/>",
    "check": "<path d='m4.5 12.5 5 5L20 7'/>",
    "cross": "<path d='m6 6 12 12M18 6 6 18'/>",
    "arrows": "<path d='M4 9h15l-4-4M20 15H5l4 4'/>",
}


def icon(name: str) -> Markup:
    """An icon that says nothing to screen readers: words stand beside it. Raises KeyError."""
    shapes = Markup(_DRAWN[name])  # noqa: S704 - constants above
    return Markup('<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">{}</svg>').format(
        shapes
    )
