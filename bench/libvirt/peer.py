"""The peer: libvirt's own Python binding. One JSON request per line, one JSON answer per line."""

import json
import sys
import time

import libvirt

connections = {}


def connection(uri):
    if uri not in connections:
        connections[uri] = libvirt.open(uri)
    return connections[uri]


def timed(action, rounds):
    """Milliseconds of each round."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        action()
        times.append((time.perf_counter() - start) * 1000)
    return times


def list_with_stats(conn):
    domains = conn.listAllDomains()
    stats = conn.getAllDomainStats()
    if len(domains) != len(stats):
        raise RuntimeError("the list and the statistics do not agree")


def answer(request):
    conn = connection(request["uri"])
    if request["what"] == "call":
        domain = conn.lookupByName("test")
        return timed(domain.info, request["rounds"])
    return timed(lambda: list_with_stats(conn), request["rounds"])


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
