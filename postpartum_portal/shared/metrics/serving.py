"""The figures of all web processes of this machine, and of what they share, on a port of their own."""

import threading
from wsgiref.simple_server import WSGIServer

from prometheus_client import CollectorRegistry, start_http_server
from prometheus_client.multiprocess import MultiProcessCollector

from .watching import Watch


def registry_of(folder: str | None) -> CollectorRegistry:
    """Read anew at each call. Without a folder nobody counts requests, and the rest is told."""
    registry = CollectorRegistry()
    registry.register(Watch())
    if folder:
        count_together(registry, folder)
    return registry


def count_together(registry: CollectorRegistry, folder: str) -> None:
    """Tell what all processes counted that share this folder, also those that have ended."""
    MultiProcessCollector(registry, path=folder)  # type: ignore[no-untyped-call]


def serve(address: str, port: int, *, folder: str | None) -> tuple[WSGIServer, threading.Thread]:
    server, thread = start_http_server(port, addr=address, registry=registry_of(folder))
    return server, thread
