"""The dashboard: an actor whose methods are coroutines, and ask many actors at the same time."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from typedactors import ThreadingActor

from greenhouse.proxies import AlarmPanelProxy, WorldProxy, ZoneControllerProxy
from greenhouse.values import Snapshot, ZoneStatus


class Dashboard(ThreadingActor):
    """Shows the whole house."""

    def __init__(self, world: WorldProxy, controllers: Sequence[ZoneControllerProxy], alarms: AlarmPanelProxy) -> None:
        super().__init__()
        self._world = world
        self._controllers = tuple(controllers)
        self._alarms = alarms

    async def snapshot(self) -> Snapshot:
        """Ask the world, every controller and the alarm panel; return what they say."""
        minute = await self._world.minute
        outside, pending, zones = await asyncio.gather(
            self._world.outside, self._alarms.pending, self._ask_zones(minute)
        )
        return Snapshot(minute, outside, zones, len(pending))

    async def _ask_zones(self, minute: int) -> tuple[ZoneStatus, ...]:
        return tuple(await asyncio.gather(*(controller.status(minute) for controller in self._controllers)))
