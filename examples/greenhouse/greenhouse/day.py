"""One day of the station, driven by asyncio: it awaits the proxies, and time is simulated."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

from greenhouse.station import ORCHIDS, Station
from greenhouse.values import MINUTES_PER_DAY, Snapshot, Summary, clock

STEP: Final = 15


async def run_day(station: Station) -> None:
    """Let one day pass, and print what happens."""
    await introduce(station)
    for minute in range(0, MINUTES_PER_DAY, STEP):
        await station.world.advance(minute)
        # All controllers work at the same time; the next minute begins when all are done.
        await asyncio.gather(*(controller.step(minute) for controller in station.controllers))
        if minute in EVENTS:
            await EVENTS[minute](station)
    await report(station)


async def introduce(station: Station) -> None:
    """Print who is there."""
    print(f"A day in {await station.alarms.site}")
    for controller in station.controllers:
        zone, kind = await asyncio.gather(controller.zone, controller.kind)
        thermometer = await station.thermometers[zone].describe()
        print(f"  {zone}: {kind}; thermometer: {thermometer}")


async def take_over(station: Station) -> None:
    """Somebody comes on duty and adjusts what there is to adjust, while the house runs."""
    station.alarms.operator = "Ada"
    station.alarms.limits.low = 13.5
    station.seedlings.program.night.target = 18.0
    station.tomatoes.tolerance = 0.4
    later, night, tolerance = await asyncio.gather(
        station.orchids.program.day.shift(30),
        station.seedlings.program.night.target,
        station.tomatoes.tolerance,
    )
    print(f"{clock(await station.world.minute)}  {await station.alarms.operator} is on duty: day for the orchids from")
    print(f"       {later}, nights for the seedlings at {night} °C, tolerance for the tomatoes {tolerance} °C")


async def show(station: Station) -> None:
    """Print what the dashboard shows."""
    print(format_snapshot(await station.dashboard.snapshot()))


async def cut_cable(station: Station) -> None:
    """A spade goes through the orchids' cable."""
    await station.world.unplug(ORCHIDS)


async def mend_cable(station: Station) -> None:
    """The cable is mended, and what the panel shows is acknowledged."""
    await show(station)
    await station.world.plug(ORCHIDS, station.device)
    count = await station.alarms.acknowledge(ORCHIDS, at=await station.world.minute, remark="cable mended")
    litres = await station.orchids.refill(3.0)
    print(f"       {count} alarm of the orchids acknowledged; their tank is refilled to {litres} litres")


async def hand_over(station: Station) -> None:
    """The day ends for whoever is on duty."""
    await show(station)
    await station.alarms.acknowledge(at=await station.world.minute)


EVENTS: Final[dict[int, Callable[[Station], Awaitable[None]]]] = {
    1 * 60: take_over,
    6 * 60: show,
    12 * 60: show,
    13 * 60: cut_cable,
    13 * 60 + 45: mend_cable,
    14 * 60 + 15: show,
    18 * 60: hand_over,
    23 * 60 + 45: show,
}


async def report(station: Station) -> None:
    """Have the workers summarise the day, and print it."""
    batches = await station.recorder.batches()
    answers = await asyncio.gather(*(station.pool.submit(batch) for batch in batches))
    summaries = await asyncio.gather(*answers)
    print(f"Summary of {len(summaries)} batches, by {await station.pool.size} workers")
    for summary in summaries:
        print(format_summary(summary))

    statistics = station.recorder.statistics
    low, high = await statistics.temperature.span()
    print(f"All zones: {await statistics.temperature.count} readings from {low:.1f} to {high:.1f} °C,", end=" ")
    print(f"mean {await statistics.temperature.mean(digits=1)} {await statistics.temperature.unit};", end=" ")
    print(f"heating {await statistics.heating.mean()} {await statistics.heating.unit}")

    print("Alarms")
    for line in await station.alarms.log:
        print(f"  {line}")
    for alarm in await station.alarms.pending:
        print(f"  {clock(alarm.minute)} {alarm.zone}: {alarm.text} (not seen yet)")


def format_snapshot(snapshot: Snapshot) -> str:
    """Return a snapshot as one line."""
    zones = ", ".join(
        f"{status.zone} {'?' if status.celsius is None else format(status.celsius, '.1f')}/{status.target:.0f}"
        f" {status.mode.value}"
        for status in snapshot.zones
    )
    return f"{clock(snapshot.minute)}  outside {snapshot.outside:.1f} °C; {zones}; alarms: {snapshot.alarms}"


def format_summary(summary: Summary) -> str:
    """Return a summary as one line of a table."""
    return (
        f"  {summary.zone:<9} from {clock(summary.start)}  {summary.lowest:5.1f} {summary.mean:5.1f}"
        f" {summary.highest:5.1f} °C  heating {summary.heating:4.0%}"
    )
