"""What only a decider does: address below /<slug:slug>/centre/ → what it names."""

from collections.abc import Mapping
from typing import Any

DECIDER: Mapping[str, Mapping[str, Any]] = {
    "cases/<slug:number>/revoke/": {"objects": {"number": "case"}},
    "office/settings/": {"sends": {"act": "check"}},
    "office/settings/closed/": {"sends": {"act": "check"}},
    "office/settings/mails/": {},
    "office/settings/mails/<str:kind>/": {"words": {"kind": "decision_ready"}, "sends": {"act": "check"}},
    "office/retention/years/": {"sends": {"act": "check"}},
    "office/retention/people/": {},
    "office/retention/people/<int:pk>/": {"objects": {"pk": "household"}},
    "office/retention/demands/<int:pk>/": {"objects": {"pk": "demand"}, "sends": {"act": "withdraw"}},
    "office/staff/invite/": {},
    "office/staff/invitations/<int:pk>/": {"objects": {"pk": "centre_invitation"}, "sends": {"act": "again"}},
    "office/staff/resets/<int:pk>/": {"objects": {"pk": "reset"}},
    "programme/drafts/<int:pk>/publish/": {"objects": {"pk": "draft"}},
    "cases/<slug:number>/decide/": {"objects": {"number": "case"}},
    "decide/": {},
    "cases/<slug:number>/reason/": {"objects": {"number": "case"}},
    "cases/<slug:number>/amend/": {"objects": {"number": "case"}},
    "cases/<slug:number>/age/": {"objects": {"number": "case"}},
    "amendments/<int:pk>/": {"objects": {"pk": "amendment"}},
    "amendments/<int:pk>/preview/": {"objects": {"pk": "amendment"}},
    "office/import/": {},
    "office/import/template/": {},
    "office/import/<int:pk>/": {"objects": {"pk": "import"}},
    "office/facility-staff/<int:pk>/": {"objects": {"pk": "contract"}},
    "office/facility-staff/invitations/<int:pk>/": {"objects": {"pk": "first_invitation"}, "sends": {"act": "again"}},
    "outcomes/<slug:number>/": {"objects": {"number": "late"}},
    "amounts/<str:key>/": {"words": {"key": "reduction.reduced_stay"}, "town": "zushi"},
    "amounts/<str:key>/<int:offering>/": {
        "objects": {"offering": "offering"},
        "words": {"key": "late_cancel"},
        "only": (),
        "why": "neither municipality leaves an amount to its facilities",
    },
    "contracts/<slug:code>/end/": {"objects": {"code": "facility_code"}},
    "contracts/<slug:code>/resume/": {"objects": {"code": "facility_code"}},
    "contracts/<slug:code>/<slug:service>/<slug:kind>/": {
        "objects": {"code": "facility_code"},
        "words": {"service": "day_service", "kind": "use"},
    },
    "payments/new/": {},
    "payments/<int:pk>/paid/": {"objects": {"pk": "payment_list"}},
    "payments/<int:pk>/void/": {"objects": {"pk": "payment_list"}},
}
