"""The rules that every athlete begins with; they are shown, and may be changed or turned off."""

from homestretch.model.coach.rule import Rule

SYSTEM_RULES: tuple[Rule, ...] = (
    Rule("s-rest", "rest_day", "must", {"min_per_week": 1}, origin="system"),
    Rule("s-hard", "hard_spacing", "must", {"min_days": 2}, origin="system"),
    Rule("s-illness", "after_illness", "must", {"no_hard_days": 3}, origin="system"),
    Rule("s-ramp", "ramp", "should", {"max_pct": 10, "grace_min": 30}, origin="system"),
    Rule("s-long-ride", "long_session", "should", {"sport": "ride", "max_growth_pct": 20}, origin="system"),
    Rule("s-long-run", "long_session", "should", {"sport": "run", "max_growth_pct": 10}, origin="system"),
)
