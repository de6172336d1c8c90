import { texts } from "@/lib/text";

export const { own, t, many } = texts({
  "map.label": "Map of the track. The charts below show the same data.",
  "map.zoom_in": "Zoom in",
  "map.zoom_out": "Zoom out",
  "map.help_windows": "Hold Ctrl and scroll to zoom the map",
  "map.help_mac": "Hold ⌘ and scroll to zoom the map",
  "map.help_mobile": "Move the map with two fingers",
  "map.no_webgl": "Plain map. This browser cannot draw the background map (WebGL is off).",
  "map.no_background": "Plain map. The background map could not be loaded.",

  "places.label":
    "Map of where you have been. The list beside it links to the activities. Press Enter to choose the tile in the centre.",
  "places.home": "Go to my most visited area",

  "privacy.map": "Map of your private places. The list shows the same.",

  "gaps.label":
    "Data of each day. Arrow keys move, Shift and arrow keys select days, Enter selects one. The table shows the same.",
  "gaps.hint": "Hover over a day for details. Click or drag to select days and refetch them.",
  "gaps.hint_touch": "Tap a day to select it, then another in its row for all days between.",
  "gaps.at": "{day}, {kind}: {state}",

  "chart.table": "Show {channel} as a table",
  "chart.every": "Interval",
  "chart.minutes_one": "{count} minute",
  "chart.minutes": "{count} minutes",
  "chart.cursor": "Position in the activity",
  "chart.cursor_hint": "Arrow keys move the cursor. Drag across a chart to select a section.",
  "chart.average": "avg",
  "chart.range": "{min} to {max}",

  "frame.where": "When",
  "frame.empty": "No data for this selection.",
  "frame.series": "Series. Press one to show or hide it.",
  "frame.cursor": "Position in {title}",
  "frame.open": "Open activity",
  "frame.total": "Total",
  "frame.point_at": "Hover over the chart to read its values",
  "frame.point_at_touch": "Touch the chart to read its values",
});
