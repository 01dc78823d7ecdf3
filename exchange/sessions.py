"""One pass over rows: what is looked up in its course, on whose rights, and for whose eyes."""


class Session:
    """Shared by a resource, its columns and its resolvers while one file is planned, applied or written.

    by      the user whose rights the rows obey; None is an administrator
    public  only what everybody may see is written
    exact   a row is the whole truth of its record, as in undo and replay: a rename keeps no old name
    """

    def __init__(self, by=None, *, public=False, exact=False):
        self.by = by
        self.public = public
        self.exact = exact
        self._resolvers = {}

    def resolver(self, resolver_class):
        """The one resolver of its class in this pass."""
        if resolver_class not in self._resolvers:
            self._resolvers[resolver_class] = resolver_class(self)
        return self._resolvers[resolver_class]

    def may(self, permission):
        """Whether whoever this is done for has a permission such as `events.add_event`."""
        return self.by is None or self.by.has_perm(permission)
