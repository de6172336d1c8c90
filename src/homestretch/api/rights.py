"""Which right each operation of the API needs; the server does not start while one has none."""

from collections.abc import Iterable, Mapping

from fastapi.routing import APIRoute

from homestretch.model.rights import ACCESS, RIGHTS

#: The operations by the right that they need.
_NEEDED: Mapping[str, str] = {
    "server: reach": "get_session set_up sign_in sign_out get_health get_metrics answer_challenge hear_message",
    "server: read": "list_settings list_maps get_map list_metrics list_charts",
    "server: manage": "list_accounts create_account remove_account change_settings",
    "account: change": "change_account load_demo",
    "account: secure": "change_password list_tokens create_token revoke_token",
    "activities: read": """list_activities summarise_activities get_activity get_streams get_analysis get_gpx
        get_calendar get_month get_frames get_chart get_records get_tiles get_heat get_heat_tile""",
    "activities: edit": """enter_activity change_activity delete_activity restore_activity undo_last_edit undo_edit
        undo_edits redo_edit refuse_record""",
    "activities: purge": "remove_demo_athlete",
    "originals: read": "get_original",
    "imports: read": "list_imports get_import list_items",
    "imports: write": "open_import declare_files upload close_import undo_import redo_import",
    "matches: read": "list_matches explain compare_month compare_activity get_source_priority",
    "matches: answer": "answer_matches merge unmerge prefer preview_source_priority set_source_priority",
    "segments: read": "list_segments get_segment list_routes get_route",
    "segments: edit": "draw_segment import_segment rename_segment delete_segment restore_segment name_route",
    "gear: read": "list_gear get_gear",
    "gear: edit": """add_gear change_gear remove_gear restore_gear merge_gear add_alias remove_alias preview_gear
        fit_component change_component remove_component restore_component service_component undo_service""",
    "thresholds: read": "list_thresholds",
    "thresholds: set": "set_threshold",
    "privacy: read": "list_privacy_zones",
    "privacy: edit": "add_privacy_zone change_privacy_zone remove_privacy_zone restore_privacy_zone",
    "progress: read": "get_progress follow",
    "notifications: list": "list_notifications",
    "notifications: edit": "see_notifications delete_notification",
    "sources: list": "list_sources",
    "sources: read": "get_connection preview_purge get_coverage list_source_items get_log preview preview_sheet",
    "sources: sync": "sync_now stop_sync refetch_days sync_month refetch_month",
    "sources: set": "change_connection",
    "sources: sign in": "connect answer_question sign_in_again disconnect subscribe_webhook",
    "proposals: list": "list_proposals",
    "proposals: make": "propose reject",
    "proposals: approve": "approve revert_proposal",
}  # fmt: skip
#: The right that each operation needs, by the operation's id.
NEEDED: Mapping[str, str] = {name: right for right, names in _NEEDED.items() for name in names.split()}


def check_rights(routes: Iterable[object]) -> None:
    """Raise TypeError if an operation has no right, or one that does not exist."""
    for route in routes:
        if isinstance(route, APIRoute) and NEEDED.get(route.name) not in {*RIGHTS, *ACCESS}:
            raise TypeError(f"{route.name} needs an entry in homestretch.api.rights")
