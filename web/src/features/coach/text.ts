import { texts } from "@/lib/text";

export const { own, t, many } = texts({
  "coach.pages": "Pages of the coach",
  "coach.tab_plan": "Plan",
  "coach.tab_rules": "Rules",
  "coach.tab_workouts": "Workouts",

  "coach.race_morning":
    "If all goes as planned, fitness is {fitness} and form {form} on the morning of {name} ({day}).",

  "coach.status_draft": "Draft",
  "coach.status_proposed": "Waits for approval",
  "coach.status_approved": "In force",
  "coach.status_superseded": "Replaced",
  "coach.status_rejected": "Rejected",
  "coach.status_infeasible": "Breaks a rule",

  "coach.phase_transition": "Transition",
  "coach.phase_base": "Base",
  "coach.phase_build": "Build",
  "coach.phase_taper": "Taper",
  "coach.phase_race": "Race",
  "coach.kind_load": "Loading week",
  "coach.kind_recovery": "Recovery week",
  "coach.kind_easy": "Easy week",
  "coach.kind_taper": "Taper week",
  "coach.kind_race": "Race week",

  "review.title": "Planned and done",
  "review.lengths": "{done} of {planned}, load {load} of {goal}",
  "review.steps": "Work steps beside their targets",
  "review.step": "Step",
  "review.target": "Target",
  "review.time": "Planned",
  "review.held": "Held",
  "review.done": "For",
  "review.score": "Score",
  "review.missing": "left out",

  "coach.files": "Steps and files for your device",
  "coach.hard": "hard",
  "coach.load": "Load {load}",
  "coach.must": "Rule that must hold",
  "coach.should": "Rule that should hold",
  "coach.info": "Not checked",
});
