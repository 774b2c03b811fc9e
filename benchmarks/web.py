"""How fast the server answers many readers while reports are added: `python benchmarks/web.py [MONITOR] [SECONDS]`.

A copy of the monitor is served (the demonstration where none is named), and reports are added to it all the while by
`marsad add`. Each reader comes from a loopback address of its own and asks for one page after the other, as fast as it
is answered. Everything stays on this machine and ends after SECONDS (60).
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import httpx

from marsad.demo import demo_reports, demo_theatre
from marsad.monitor import Monitor

READERS = 24
FIRST = ("/api/monitor", "/api/disputes", "/api/towns?limit=500", "/api/report")
MOST_SECONDS = 900  # until the first picture is drawn
MARSAD = Path(sys.executable).with_name("marsad")


def main() -> None:
    wanted = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 60.0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "served.marsad"
        if wanted is not None:
            shutil.copy(wanted, path)
        else:
            with Monitor.open(path, theatre=demo_theatre()) as held:
                held.add([demo_reports()])
        measure(path, seconds)


def measure(path: Path, seconds: float) -> None:
    port = free_port()
    begin = time.monotonic()
    server = subprocess.Popen([MARSAD, "serve", "--monitor", path, "--port", str(port)], stderr=subprocess.DEVNULL)
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
            wait_for(client, "/api/monitor", begin)
            print(f"first picture          {time.monotonic() - begin:8.1f} s after the start", flush=True)
            for one in FIRST:
                wait_for(client, one, begin)
                print(f"{one:22} {time.monotonic() - begin:8.1f} s after the start", flush=True)
            paths = pages(client)
            told = [timed(client, one) for one in FIRST]
            print(f"first page, all parts  {sum(told):8.3f} s (goal 1.5)", flush=True)
        over = threading.Event()
        adding = threading.Thread(target=add, args=(path, over))
        adding.start()
        taken, wrong = read(port, paths, seconds)
        over.set()
        adding.join()
        report(taken, wrong, seconds)
        print(f"load of the machine    {os.getloadavg()[0]:8.1f} on {os.cpu_count()} processors")
    finally:
        server.terminate()
        server.wait(30)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def wait_for(client: httpx.Client, path: str, begin: float) -> None:
    while time.monotonic() - begin < MOST_SECONDS:
        try:
            if client.get(path).status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.5)
    raise SystemExit(f"{path} was not answered within {MOST_SECONDS} s")


def timed(client: httpx.Client, path: str) -> float:
    begin = time.monotonic()
    client.get(path).raise_for_status()
    return time.monotonic() - begin


def pages(client: httpx.Client) -> list[str]:
    """Return what readers ask for: the first page, lists with their next pages, and single things."""
    claims = client.get("/api/claims?limit=500").json()["items"]
    places = sorted({one["place"] for one in claims if one["place"]})[:8]
    return [
        *FIRST,
        "/api/claims",
        "/api/disputes?open=true",
        "/api/sources",
        "/api/reports",
        *(f"/api/reports/{one['report']}" for one in claims[:60:3]),
        *(f"/api/claims?report={one['report']}" for one in claims[:60:3]),
        *(f"/api/control?place={one}" for one in places),
    ]


def read(port: int, paths: list[str], seconds: float) -> tuple[list[float], int]:
    """Return how long each answer took, and how many were none."""
    taken: list[list[float]] = [[] for _ in range(READERS)]
    wrong = [0] * READERS
    until = time.monotonic() + seconds

    def reader(number: int) -> None:
        transport = httpx.HTTPTransport(local_address=f"127.0.1.{number + 1}")
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", transport=transport, timeout=60) as client:
            turn = number
            while time.monotonic() < until:
                begin = time.monotonic()
                status = client.get(paths[turn % len(paths)]).status_code
                taken[number].append(time.monotonic() - begin)
                wrong[number] += status != 200
                turn += 7
                time.sleep(0.1)  # somebody looks at it

    threads = [threading.Thread(target=reader, args=(number,)) for number in range(READERS)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return [time for own in taken for time in own], sum(wrong)


def add(path: Path, over: threading.Event) -> None:
    """Add reports a few at a time until it is over."""
    count = 0
    while not over.is_set():
        source = path.with_name(f"more-{count}.jsonl")
        rows = [
            {
                "id": f"more-{count}-{number}",
                "publisher": "Halyard Wire",
                "title": "More",
                "text": f"The army said it had captured {number + 3} villages near Homs on Friday.",
                "published": "2031-01-02",
            }
            for number in range(20)
        ]
        source.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
        subprocess.run([MARSAD, "add", source, "--monitor", path], check=False, capture_output=True)
        count += 1
    print(f"added meanwhile        {count * 20:8d} reports")


def report(taken: list[float], wrong: int, seconds: float) -> None:
    cuts = statistics.quantiles(taken, n=100)
    print(f"answers                {len(taken):8d}, {len(taken) / seconds:.0f} a second to {READERS} readers")
    print(f"not answered in time   {wrong:8d} ({100 * wrong / len(taken):.2f} %)")
    print(f"median                 {1000 * cuts[49]:8.0f} ms")
    print(f"95th percentile        {1000 * cuts[94]:8.0f} ms (goal 150)")
    print(f"99th percentile        {1000 * cuts[98]:8.0f} ms")


if __name__ == "__main__":
    main()
