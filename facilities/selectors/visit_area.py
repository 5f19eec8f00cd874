"""Whether an address lies where somebody visits: both are words that people typed, so a doubt stays a question."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from eligibility import engine
from postpartum_portal.shared.place_names import place_key, surely_outside


def area_finding(areas: Sequence[str], address: str, municipality: str, source: engine.Source) -> engine.Finding | None:
    """None where no area is named. `address` may lack the name of the `municipality`, and is "" where it is kept back.

    Only where every area is a whole city or a whole ward can an address be said to lie outside; the rest is asked.
    """
    if not areas:
        return None
    title, named = _("訪問する地域"), {"named": "・".join(areas)}
    wanted, where = [place_key(area) for area in areas], place_key(f"{municipality}{address}")
    if address and any(area in where for area in wanted):
        fact = _("訪問する地域(%(named)s)に入ります。") % named
        return engine.Finding("visitor_area", engine.Verdict.MET, title, fact, source)
    if address and surely_outside(wanted, where):
        fact = _("ご住所は、訪問する地域(%(named)s)に入りません。ほかの訪問する人を選んでください。") % named
        return engine.Finding("visitor_area", engine.Verdict.UNMET, title, fact, source)
    fact = _("訪問する地域は%(named)sです。ご住所がこの中に入るかは、訪問する人に確かめます。") % named
    return engine.Finding("visitor_area", engine.Verdict.ASK, title, fact, source)
