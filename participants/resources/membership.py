"""Rows of memberships."""

from django.core.exceptions import ValidationError

from exchange.columns import Column, DateColumn, ReferenceColumn
from exchange.resources import Resource, by_text

from ..directory import Bodies, Participants
from ..models import Membership


class MembershipResource(Resource):
    type = "memberships"
    model = Membership
    key = ("body", "member", "joined")
    required = ("body", "member", "joined")
    whole = True
    identity_before_key = True
    owners = ("body", "member")

    examples = (
        {"body": "example-group", "member": "XA", "joined": "2004", "left": "", "role": "Chair"},
        {"body": "example-group", "member": "XB", "joined": "", "left": "mid-2009"},
        {"body": "example-group", "member": "Office for Examples", "joined": "2005-03-01"},
    )

    body = ReferenceColumn(Bodies, by_code=True, required=True)
    member = ReferenceColumn(Participants, by_code=True, required=True)
    joined = DateColumn()
    left = DateColumn()
    role = Column()

    def public_records(self):
        return self.records()

    def in_order(self, records):
        member = by_text("member__alpha2"), by_text("member__slug")
        return records.order_by(by_text("body__slug"), member[0].asc(nulls_last=True), member[1], by_text("joined"))

    def with_keys(self, keys):
        bodies = {key[0] for key in keys}
        found = {}
        for record in self.records().filter(body__slug__in=bodies).select_related("body", "member"):
            key = record.body.code, record.member.code, str(record.joined)
            if key in keys:
                found[key] = record
        return found

    def twins(self, lines):
        """The open membership of the same member and body whose date of joining was not known.

        One line alone is of it: the first that leaves it open, otherwise the first.
        """
        undated = Membership.objects.filter(joined="", left="")
        open_ones = {(body, member): pk for pk, body, member in undated.values_list("pk", "body", "member")}
        resolvers = self.columns["body"].widget.resolver(), self.columns["member"].widget.resolver()
        found = {}
        for line in sorted(lines, key=lambda line: bool(line.cells.get("left"))):
            body, member = (each.find(line.cells[name]) for each, name in zip(resolvers, self.key, strict=False))
            if (body.pk, member.pk) in open_ones:
                found[line.number] = [open_ones.pop((body.pk, member.pk))]
        return found

    def check(self, lines):
        """Refuse memberships that overlap others once the whole file is applied."""
        touched = [line for line in lines if line.after]
        bodies = {line.record.body_id for line in touched}
        planned = {line.record.pk for line in touched}
        untouched = [saved for saved in Membership.objects.filter(body__in=bodies) if saved.pk not in planned]
        of_pair = {}
        for record in [*untouched, *(line.record for line in touched)]:
            of_pair.setdefault((record.body_id, record.member_id), []).append(record)
        for line in touched:
            others = of_pair[line.record.body_id, line.record.member_id]
            try:
                line.record.check_alone()
                line.record.check_among([other for other in others if other is not line.record])
            except ValidationError as error:
                self.refuse(line, error)
