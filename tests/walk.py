"""A walk along every link of the public site, from its first page."""

from html.parser import HTMLParser
from io import BytesIO
from urllib.parse import urljoin, urlsplit
from zipfile import ZipFile

HOST = "http://testserver"
# What leads out of the public pages.
ELSEWHERE = ("/admin/", "/static/")


class Page(HTMLParser):
    """What an HTML page leads to, and what on it can be led to."""

    def __init__(self, html):
        super().__init__()
        self.links, self.ids = [], []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        for name, value in attributes:
            if name in ("href", "src", "action"):
                self.links.append(value)
            elif name == "id":
                self.ids.append(value)


class Walk:
    """All that is found on the way: the answers, and what is wrong with the links.

    answers  {address: response}; what an address with a query leads to is not followed, or there would be no end
    texts    {address: what it says}
    pages    {address: Page} of the answers in HTML

    What begins as `elsewhere` does is not asked for.
    """

    def __init__(self, client, start=("/", "/sitemap.xml", "/robots.txt"), elsewhere=ELSEWHERE):
        self.client, self.elsewhere = client, elsewhere
        self.answers, self.texts, self.pages, self.fragments = {}, {}, {}, []
        waiting = list(start)
        while waiting:
            address = waiting.pop()
            if address not in self.answers:
                waiting += self.visit(address)

    def visit(self, address):
        """Ask for an address, and return those that it leads to."""
        response = self.client.get(address)
        content = b"".join(response.streaming_content) if response.streaming else response.content
        self.answers[address], self.texts[address] = response, text_of(content)
        if response.status_code in (301, 302):
            return [response["Location"]]
        if not response["Content-Type"].startswith("text/html"):
            return [] if "xml" not in response["Content-Type"] else locations(self.texts[address])
        page = self.pages[address] = Page(self.texts[address])
        targets = [self.target(address, link) for link in page.links]
        return [] if "?" in address else [target for target in targets if target]

    def target(self, address, link):
        """The internal address that a link leads to, or nothing; its fragment is kept to be looked for."""
        whole = urlsplit(urljoin(HOST + address, link))
        if not whole.geturl().startswith(HOST) or whole.path.startswith(self.elsewhere):
            return ""
        target = whole.path + (f"?{whole.query}" if whole.query else "")
        if whole.fragment:
            self.fragments.append((address, target, whole.fragment))
        return target

    @property
    def broken(self):
        """{address: status} of what is neither a page, nor a file, nor the way to one."""
        statuses = {address: answer.status_code for address, answer in self.answers.items()}
        return {address: status for address, status in statuses.items() if status not in (200, 301, 302)}

    @property
    def lost(self):
        """Links to a part of a page that the page lacks: (where the link stands, where it leads, the part)."""
        return [
            (address, target, fragment)
            for address, target, fragment in self.fragments
            if target in self.pages and fragment not in self.pages[target].ids
        ]


def text_of(content):
    """All that an answer says; of a workbook, all that its parts say."""
    if not content.startswith(b"PK"):
        return content.decode()
    with ZipFile(BytesIO(content)) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist())


def locations(sitemap):
    return [part.partition("</loc>")[0].removeprefix(HOST) for part in sitemap.split("<loc>")[1:]]
