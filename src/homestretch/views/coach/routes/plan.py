"""A planned route worked out: its line, ground, sections, and the estimate by an athlete's thresholds on a day."""

from dataclasses import dataclass
from datetime import date
from math import radians

from homestretch.analysis.athlete.history import History
from homestretch.analysis.athlete.thresholds import Profile, estimated
from homestretch.coach.routes.estimate import Estimate, Pace, estimate
from homestretch.coach.routes.gears import CADENCE_RPM, CIRCUMFERENCE_M
from homestretch.coach.routes.ground import Ground, ground_of
from homestretch.coach.routes.physics import CDA, CRR, Rider
from homestretch.coach.routes.sections import Section, sections
from homestretch.coach.routes.stored import decoded_line
from homestretch.model.coach.planned_route import RouteParameters, RouteSport
from homestretch.model.coach.route_line import RouteLine
from homestretch.model.documents.planned_routes import RouteConditions
from homestretch.store.database import Reader
from homestretch.store.queries.planned_routes import StoredRoute
from homestretch.store.queries.thresholds import dated
from homestretch.store.scope import Scope

#: What holds where nothing is set.
RIDER_KG, BIKE_KG, LOAD_KG, TEMPERATURE_C = 75.0, 10.0, 2.0, 15.0
_FAMILIES: dict[RouteSport, str] = {"ride": "ride", "run": "run", "hike": "walk"}


@dataclass(frozen=True, slots=True, eq=False)
class PlannedWay:
    """A planned route worked out; `times` is None where the threshold that says how long it takes is unknown.

    `weighed` says that the rider's weight is set or known.
    """

    stored: StoredRoute
    line: RouteLine
    ground: Ground
    parts: list[Section]
    pace: Pace
    conditions: RouteConditions
    weighed: bool
    times: Estimate | None


def plan_of(reader: Reader, scope: Scope, stored: StoredRoute, day: date) -> PlannedWay:
    """Return a route worked out by the thresholds of a day."""
    known = _profile(reader, scope, _FAMILIES[stored.sport], day)
    conditions = _conditions(stored.parameters, known.get("weight_kg"))
    pace = _pace(stored.sport, known, conditions)
    line = decoded_line(stored.name, stored.sport, stored.line, stored.heights)
    ground = ground_of(line)
    parts = sections(ground, stored.cuts)
    weighed = stored.parameters.get("rider_kg") is not None or known.get("weight_kg") is not None
    return PlannedWay(stored, line, ground, parts, pace, conditions, weighed, estimate(ground, parts, pace))


def _profile(reader: Reader, scope: Scope, family: str, day: date) -> Profile:
    history = History.of(*dated(reader, scope.athlete_id))
    values, shown = (of(family, day.isoformat()) for of in (history.values, history.estimates))
    return estimated(Profile(values, day), shown)


def _conditions(own: RouteParameters, weight_kg: float | None) -> RouteConditions:
    position, surface = own.get("position") or "hoods", own.get("surface") or "road"
    return {
        "rider_kg": _or(own.get("rider_kg"), _or(weight_kg, RIDER_KG)),
        "bike_kg": _or(own.get("bike_kg"), BIKE_KG),
        "load_kg": _or(own.get("load_kg"), LOAD_KG),
        "position": position,
        "cda": _or(own.get("cda"), CDA[position]),
        "surface": surface,
        "crr": _or(own.get("crr"), CRR[surface]),
        "wind_mps": _or(own.get("wind_mps"), 0.0),
        "wind_from_deg": _or(own.get("wind_from_deg"), 0.0),
        "temperature_c": _or(own.get("temperature_c"), TEMPERATURE_C),
        "intensity_pct": own.get("intensity_pct"),
        "chainrings": own.get("chainrings") or [],
        "cassette": own.get("cassette") or [],
        "circumference_m": _or(own.get("circumference_m"), CIRCUMFERENCE_M),
        "cadence_rpm": _or(own.get("cadence_rpm"), CADENCE_RPM),
    }


def _or(value: float | None, usual: float) -> float:
    return usual if value is None else value


def _pace(sport: RouteSport, known: Profile, conditions: RouteConditions) -> Pace:
    mass = conditions["rider_kg"] + conditions["bike_kg"] + conditions["load_kg"]
    intensity = conditions["intensity_pct"]
    return Pace(
        sport=sport,
        ftp_w=known.get("ftp_w"),
        cp_w=known.get("cp_w"),
        w_prime_j=known.get("w_prime_j"),
        threshold_mps=known.get("threshold_speed_mps"),
        rider=Rider(mass, conditions["cda"], conditions["crr"]),
        temperature_c=conditions["temperature_c"],
        wind_mps=conditions["wind_mps"],
        wind_from=radians(conditions["wind_from_deg"]),
        intensity=None if intensity is None else intensity / 100.0,
        chainrings=conditions["chainrings"],
        cassette=conditions["cassette"],
        circumference_m=conditions["circumference_m"],
        cadence_rpm=conditions["cadence_rpm"],
    )
