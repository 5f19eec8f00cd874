"""Public pages, and those of a mother and of who writes for her: address below / → what it names."""

from collections.abc import Mapping
from typing import Any

from .outcomes import AT_FACILITIES, MOTHERS

PUBLIC: Mapping[str, Mapping[str, Any]] = {
    "": {},
    "accounts/addresses/": {},
    "health/": {},
    "health/ready/": {},
    "<slug:slug>/": {},
    "<slug:slug>/words/": {},
    "<slug:slug>/about/<str:page>/": {"words": {"page": "privacy"}},
    "<slug:slug>/facilities/<slug:code>/": {"objects": {"code": "facility_code"}},
    "<slug:slug>/coupons/<slug:code>/": {
        "objects": {"code": "coupon"},
        "town": "zushi",
        "anyhow": AT_FACILITIES,
        "why": "they are led to their own page of it, whatever the number",
    },
    "<slug:slug>/check/": {},
    "demo/": {},
    "demo/sign-in/": {"sends": {"email": "misaki@example.jp"}},
    "demo/clock/": {},
    "demo/mails/": {},
}

CITIZEN: Mapping[str, Mapping[str, Any]] = {
    "accounts/home/": {},
    "accounts/invitations/": {"writes": (), "why": "nobody here is invited"},
    "accounts/mails/": {},
    "<slug:slug>/my/": {},
    "<slug:slug>/my/changes/": {},
    "<slug:slug>/my/changes/<str:kind>/": {"words": {"kind": "phone"}},
    "<slug:slug>/my/calendar.ics": {},
    "<slug:slug>/my/access/": {},
    "<slug:slug>/my/coupons/": {"town": "zushi", "only": MOTHERS, "why": "only who has coupons"},
    "<slug:slug>/apply/": {},
    "<slug:slug>/apply/review/": {
        "writes": ("mother",),
        "sends": {"application": "@own_draft"},
        "why": "what is handed in is a draft of hers",
    },
    "<slug:slug>/apply/<str:step>/": {"words": {"step": "person"}},
    "<slug:slug>/my/applications/<slug:number>/": {"objects": {"number": "application"}},
    "<slug:slug>/my/applications/<slug:number>/certificates/": {"objects": {"number": "application"}},
    "<slug:slug>/my/applications/<slug:number>/withdraw/": {"objects": {"number": "application"}},
    "<slug:slug>/my/applications/<slug:number>/correct/": {"objects": {"number": "returned"}},
    "<slug:slug>/my/applications/<slug:number>/correct/review/": {"objects": {"number": "returned"}},
    "<slug:slug>/my/applications/<slug:number>/correct/<str:step>/": {
        "objects": {"number": "returned"},
        "words": {"step": "person"},
    },
    "<slug:slug>/my/certificates/": {},
    "<slug:slug>/my/birth/": {},
    "<slug:slug>/my/loss/": {},
    "<slug:slug>/my/messages/": {},
    "<slug:slug>/my/window-notice/": {},
    "<slug:slug>/my/letters/": {},
    "<slug:slug>/my/letters/<int:pk>/": {"objects": {"pk": "letter"}},
    "<slug:slug>/proxy/": {},
    "<slug:slug>/my/proxy/<int:pk>/": {"objects": {"pk": "proxy_for_me"}, "sends": {"go": "consent"}},
    "<slug:slug>/my/join/<int:pk>/": {"objects": {"pk": "join"}},
    "<slug:slug>/my/book/": {},
    "<slug:slug>/my/book/code/": {},
    "<slug:slug>/my/book/<int:offering>/": {
        "objects": {"offering": "offering"},
        "foreign": "there",
        "only": MOTHERS,
        "why": "what a facility offers is open to each family of the municipality that was approved",
    },
    "<slug:slug>/my/book/<int:offering>/wait/": {
        "objects": {"offering": "offering"},
        "foreign": "there",
        "only": MOTHERS,
        "why": "as the calendar",
    },
    "<slug:slug>/my/waiting/<int:pk>/": {"objects": {"pk": "waiting"}},
    "<slug:slug>/my/waiting/<int:pk>/withdraw/": {"objects": {"pk": "waiting"}},
    "<slug:slug>/my/wishes/new/<slug:service>/": {
        "words": {"service": "midwife_visit"},
        "only": ("mother",),
        "why": "only whom the service is granted",
    },
    "<slug:slug>/my/wishes/<int:pk>/": {"objects": {"pk": "wish"}},
    "<slug:slug>/my/wishes/<int:pk>/withdraw/": {"objects": {"pk": "wish"}},
    "<slug:slug>/my/bookings/": {},
    "<slug:slug>/my/bookings/<slug:number>/": {"objects": {"number": "booking"}},
    "<slug:slug>/my/bookings/<slug:number>/cancel/": {"objects": {"number": "booking"}},
    "<slug:slug>/my/bookings/<slug:number>/change/": {"objects": {"number": "booking"}},
    "<slug:slug>/my/bookings/<slug:number>/change/withdraw/": {"objects": {"number": "moving"}},
    "<slug:slug>/my/bookings/<slug:number>/suggestions/<int:pk>/take/": {
        "objects": {"number": "suggested", "pk": "suggestion"}
    },
    "<slug:slug>/my/bookings/<slug:number>/suggestions/refuse/": {"objects": {"number": "suggested"}},
    "<slug:slug>/my/bookings/<slug:number>/receipts/<slug:receipt>/": {
        "objects": {"number": "came", "receipt": "receipt"}
    },
    "<slug:slug>/my/bookings/<slug:number>/unwell/": {"objects": {"number": "booking"}},
}

PROXY: Mapping[str, Mapping[str, Any]] = {
    "<slug:slug>/proxy/<int:pk>/": {"objects": {"pk": "proxy"}},
    "<slug:slug>/proxy/<int:pk>/review/": {"objects": {"pk": "proxy"}},
    "<slug:slug>/proxy/<int:pk>/<str:step>/": {"objects": {"pk": "proxy"}, "words": {"step": "person"}},
}

DOCUMENT: Mapping[str, Mapping[str, Any]] = {
    "<slug:slug>/documents/<int:pk>/pages/<int:page>/": {"objects": {"pk": "document"}, "words": {"page": 1}},
    "<slug:slug>/documents/<int:pk>/original/": {"objects": {"pk": "document"}},
}
