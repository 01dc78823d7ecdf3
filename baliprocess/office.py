"""The record office: the admin, where staff keep the record. Its bar, its first page, its help."""

from functools import wraps

from django.contrib import admin
from django.core.exceptions import BadRequest, PermissionDenied
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.functional import SimpleLazyObject

from exchange import downloads
from exchange.autocomplete import Autocomplete
from exchange.forms import ImportForm
from exchange.problems import UnreadableFile
from records.models import Batch
from records.views import understood

from . import desk, manual

# Where the bar leads: to the list of a model, or, where none is named, to all lists of a package.
SECTIONS = [
    ("Activities", "events", "event"),
    ("Countries", "participants", "country"),
    ("Agencies", "participants", "agency"),
    ("Bodies", "participants", "body"),
    ("Names", "participants", "name"),
    ("Library", "library", ""),
    ("Summary", "summaries", "edition"),
    ("People", "auth", "user"),
]


class RecordOffice(admin.AdminSite):
    site_header = site_title = "Record office"
    index_title = "What waits"
    enable_nav_sidebar = False

    def get_urls(self):
        own = [
            path("understood/", self.admin_view(understood), name="understood"),
            path("help/", self.admin_view(self.help), name="help"),
            path("import/", self.admin_view(self.imports), name="import"),
            path("import/template/", self.admin_view(self.template), name="template"),
        ]
        return own + super().get_urls()

    def admin_view(self, view, cacheable=False):
        """A view for those who may sign in; an address with a NUL in it, which no database takes, is refused first."""

        @wraps(view)
        def asked_in_characters(request, *args, **kwargs):
            if any("\0" in text for texts in request.GET.lists() for text in (texts[0], *texts[1])):
                raise BadRequest("An address holds no NUL.")
            return view(request, *args, **kwargs)

        return super().admin_view(asked_in_characters, cacheable)

    def autocomplete_view(self, request):
        return Autocomplete.as_view(admin_site=self)(request)

    def each_context(self, request):
        """What every page of the office knows: beside Django's, where the bar leads, and how much waits."""
        context = super().each_context(request)
        if context["has_permission"]:
            context["sections"] = self.sections(request)
            context["waiting"] = SimpleLazyObject(lambda: waiting(request))
        return context

    def sections(self, request):
        """Where the bar leads, beside the first page: a name, an address, and whether one is there."""
        lists = [
            (name, self.list_of(app, model)) for name, app, model in SECTIONS if self.may_read(request.user, app, model)
        ]
        if self.may_import(request):
            lists.append(("Import", reverse(f"{self.name}:import")))
        return [(name, address, request.path.startswith(address)) for name, address in lists]

    def list_of(self, app, model):
        """The address of the list of a model, or, where none is named, of all models of a package."""
        if model:
            return reverse(f"{self.name}:{app}_{model}_changelist")
        return reverse(f"{self.name}:app_list", args=[app])

    @staticmethod
    def may_read(user, app, model):
        return user.has_perm(f"{app}.view_{model}") if model else user.has_module_perms(app)

    def may_import(self, request):
        return bool(self.importing(request))

    def importing(self, request):
        """The admin of each record type that whoever asks may bring in: {type: admin}."""
        return {type: admin for type, admin in desk.admins(self).items() if admin.may_import(request)}

    def index(self, request, extra_context=None):
        return super().index(request, desk.context(self, request) | (extra_context or {}))

    def help(self, request):
        """All that staff should know, on one page."""
        return self.respond(request, "help", title="Help", **manual.context())

    def imports(self, request):
        """Take a file of one record type, or a workbook of several; say which types there are."""
        admins = self.importing(request)
        if request.method == "POST" and not admins:
            raise PermissionDenied
        form = ImportForm(*((request.POST, request.FILES) if request.method == "POST" else ()), types=admins)
        if form.is_valid():
            try:
                return self.propose_import(request, form, admins)
            except UnreadableFile as error:
                form.add_error("file", str(error))
        types = desk.types(self, request, desk.counted(self))
        return self.respond(request, "import", title="Import", types=types, form=form if admins else None)

    def propose_import(self, request, form, admins):
        """Lead to the plan of an uploaded file. Raises UnreadableFile."""
        file, type = form.cleaned_data["file"], form.cleaned_data["type"]
        said = {"origin": Batch.Origin.IMPORT, "reason": form.cleaned_data["reason"], "file": file}
        if type:
            return admins[type].propose(request, f"The file {file.name}", **said)
        # The plan of several types stands on the pages of the first that there is.
        host, back = next(iter(admins.values())), reverse(f"{self.name}:import")
        return host.propose(request, f"The workbook {file.name}", back=back, sheets=list(admins), **said)

    def template(self, request):
        """A workbook to be filled in with records of all types that whoever asks may bring in."""
        if not self.may_import(request):
            raise PermissionDenied
        return downloads.template(list(self.importing(request)))

    def respond(self, request, page, **context):
        request.current_app = self.name
        return TemplateResponse(request, f"admin/{page}.html", self.each_context(request) | context)


def waiting(request):
    """How many activities wait for whoever asks; asked of the database once a request."""
    if not hasattr(request, "waiting"):
        request.waiting = desk.waiting(request.user)
    return request.waiting
