import { texts } from "@/lib/text";

export const { own, t } = texts({
  "training.pages": "Pages of training",
  "training.tab_overview": "Overview",
  "training.tab_goals": "Goals",
  "training.tab_milestones": "Milestones",
  "training.tab_history": "History",
  "training.tab_charts": "My charts",
  "training.sport": "Sport",
});
