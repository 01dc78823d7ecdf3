"""Names: what somebody answers to, and keeping the table of names in step with it."""

from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Length

from exchange.models import UnknownName
from records.folding import fold
from records.nearness import holding, nearness

from .models import Agency, Body, Country, Name

PREFERRED, ACRONYM, OTHER, CODE = Name.Kind.PREFERRED, Name.Kind.ACRONYM, Name.Kind.OTHER, Name.Kind.CODE


def short_form(owner):
    """The acronym of a participant, the short name of a body."""
    return owner.short_name if isinstance(owner, Body) else owner.acronym


def codes(owner):
    """The codes that lead to a participant or a body."""
    return [owner.slug] if isinstance(owner, Body) else [owner.alpha2, owner.alpha3, owner.slug]


def answers_to(owner, others):
    """All that a participant or body answers to: {folded text: (text, kind)}.

    `others` are its further names. What folds to the same stands once: as preferred name before acronym, other name
    and code.
    """
    names = [(owner.name, PREFERRED), (short_form(owner), ACRONYM)]
    names += [(text, OTHER) for text in others]
    names += [(code, CODE) for code in codes(owner)]
    answers = {}
    for text, kind in names:
        if text:
            answers.setdefault(fold(text), (text, kind))
    return answers


def further(answers):
    """The further names among all that somebody answers to."""
    return tuple(text for text, kind in answers.values() if kind == OTHER)


def spoken(answers):
    """The folded names among all that somebody answers to that can stand as recorded: all but codes."""
    return {folded for folded, (_text, kind) in answers.items() if kind != CODE}


def with_former(others, before, after):
    """Further names with those that a rename would lose: names before that are not among those after."""
    return [*others, *(text for text in before if text and text not in after)]


def save_names(changes):
    """Bring the table of names in step with what owners answer to.

    Takes (owner, {folded: Name as saved}, {folded: (text, kind)}) for each. Raises ProtectedError when a name that
    would go is in use as recorded. A fixed number of queries for any number of owners.
    """
    gone, demoted, updated, new = [], [], [], []
    for owner, saved, answers in changes:
        gone += [name.pk for folded, name in saved.items() if folded not in answers]
        for folded, (text, kind) in answers.items():
            name = saved.get(folded)
            if name is None:
                new.append(_name_of(owner, text, kind))
            elif (name.text, name.kind) != (text, kind):
                demoted += [name.pk] if name.kind == PREFERRED else []
                updated.append(_name_of(owner, text, kind, pk=name.pk))
    if gone:
        Name.objects.filter(pk__in=gone).delete()
    if demoted:
        Name.objects.filter(pk__in=demoted).update(kind=OTHER)
    if updated:
        Name.objects.bulk_update(updated, ["text", "folded", "kind"])
    if new:
        Name.objects.bulk_create(new, batch_size=500)
        forget_known()


def forget_known():
    """Forget, of the names that files were refused for, those that are known by now."""
    UnknownName.objects.filter(folded__in=Name.objects.values("folded")).delete()


def _name_of(owner, text, kind, pk=None):
    relation = "body" if isinstance(owner, Body) else "participant"
    return Name(pk=pk, text=text, folded=fold(text), kind=kind, **{f"{relation}_id": owner.pk})


def in_use(names):
    """Those of the names (an iterable of primary keys) that are in use as recorded: a set."""
    names, used = list(names), set()
    if names:
        for relation in Name._meta.related_objects:
            field = relation.field.attname
            used |= set(
                relation.related_model._base_manager.filter(**{f"{field}__in": names}).values_list(field, flat=True)
            )
    return used


def owner_model(name):
    """What a name leads to: the model of countries, of agencies or of bodies."""
    if name.body_id:
        return Body
    return Country if name.participant.is_country else Agency


def owner_of(name):
    """Whom a name leads to, asked of the database as what it is."""
    return owner_model(name).objects.get(pk=name.body_id or name.participant_id)


def other_names(owner):
    """The texts of an owner's further names as they are saved."""
    return [name.text for name in saved_names(owner).values() if name.kind == OTHER]


def saved_names(owner):
    """The names of one owner as they are saved: {folded text: Name}."""
    return {name.folded: name for name in owner.known_names.all()} if owner.pk else {}


def taken(text, owner):
    return f"“{text}” is a name of {owner} already, and no two answer to the same."


def used(text):
    return f"“{text}” stands as a recorded name in an activity, so it stays a known name."


def save_answers(owner, others):
    """Save what one owner answers to, as a form does. Raises ProtectedError like `save_names`."""
    save_names([(owner, saved_names(owner), answers_to(owner, others))])


def names_like(text):
    """The known names that hold each word of a text; codes must begin with it."""
    return Name.objects.filter(holding(text)).exclude(~Q(folded__startswith=fold(text)), kind=CODE).order_by()


def called(owners, text):
    """Those of a query set of participants or bodies who answer to a name like the text."""
    return owners.filter(
        pk__in=names_like(text).filter(**{f"{_relation(owners)}__isnull": False}).values(_relation(owners))
    )


def nearest_first(owners, text):
    """Participants or bodies in the order in which a text means them.

    Each has its nearest name as `answer`, with the key and kind of that name as `answer_pk` and `answer_kind`.
    """
    near = names_like(text).filter(**{_relation(owners): OuterRef("pk")}).annotate(near=nearness(text))
    near = near.order_by("near", Length("text"), "pk")
    return owners.annotate(
        near=Subquery(near.values("near")[:1]),
        answer=Subquery(near.values("text")[:1]),
        answer_pk=Subquery(near.values("pk")[:1]),
        answer_kind=Subquery(near.values("kind")[:1]),
    ).order_by(F("near").asc(nulls_last=True), "name", "pk")


def _relation(owners):
    return "body" if owners.model is Body else "participant"
