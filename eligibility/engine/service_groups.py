"""Services that share a rule or an answer: a finding tells of them together."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import TypeVar

from eligibility.engine.service import Service
from eligibility.engine.terms import Terms

_Key = TypeVar("_Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class ServiceGroup:
    """`codes` and `label` are empty for all services of the programme: then nothing needs to be told apart."""

    codes: tuple[str, ...] = ()
    label: str = ""
    """宿泊型・日帰り型"""
    first: str = ""
    """The code of the first."""

    @property
    def subject(self) -> str:
        """宿泊型・日帰り型は、"""
        return f"{self.label}は、" if self.label else ""

    @property
    def object(self) -> str:
        """宿泊型・日帰り型を"""
        return f"{self.label}を" if self.label else ""

    def code(self, stem: str) -> str:
        """A finding's code: `family` for all services, `family_short_stay` for some."""
        return f"{stem}_{self.first}" if self.codes else stem


def groups(terms: Terms, key: Callable[[Service], _Key]) -> dict[_Key, ServiceGroup]:
    """The services by what they share, in the file's order."""
    found: dict[_Key, list[Service]] = {}
    for service in terms.services:
        found.setdefault(key(service), []).append(service)
    return {shared: _group(services, terms) for shared, services in found.items()}


def labels(services: list[Service]) -> str:
    return "・".join(service.short_label for service in services)


def _group(services: list[Service], terms: Terms) -> ServiceGroup:
    if len(services) == len(terms.services):
        return ServiceGroup(first=services[0].code)
    return ServiceGroup(tuple(service.code for service in services), labels(services), services[0].code)
