import { texts } from "@/lib/text";

export const { own, t, many } = texts({
  "glance.title": "Athletes",
  "glance.shown": "Shown now",
  "glance.show": "Show {name}",
  "glance.form": "Form",
  "glance.fitness": "Fitness",
  "glance.week": "This week",
  "glance.planned": "of {time} planned",
  "glance.load": "load {load}",
  "glance.next": "Next",
  "glance.last": "Last",
  "glance.race": "{name} in {count} days",
  "glance.race_one": "{name} tomorrow",
  "glance.race_today": "{name} today",
});
