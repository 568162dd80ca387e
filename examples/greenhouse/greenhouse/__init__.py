"""The climate control of a greenhouse, on a simulated day.

A map, in the order in which the modules build on each other:

===============  ==================================================================================
``values``       what the actors send each other: frozen, so that it can be shared
``protocols``    `Thermometer`: what the controllers ask of a sensor, whichever it is
``proxies``      generated from all the others by ``typedactors generate``; never edited
``world``        `World`: the weather and the air of each zone, simulated
``sensors``      two thermometers: one asks the simulated world, one reads a device file
``program``      the temperatures that a zone shall have: parts of a controller
``recorder``     `Recorder`: keeps the readings, and statistics of them
``alarms``       `AlarmPanel`: what is wrong, and who has seen it
``controller``   `ZoneController` and its heir, which can also mist
``analysis``     `AnalysisPool` and its workers
``dashboard``    `Dashboard`: asks many actors at once, with ``await``
``station``      starts them all, in the order in which they need each other
``day``          drives the station through one day, under asyncio
===============  ==================================================================================

``python -m greenhouse`` runs the day and prints its report.
"""
