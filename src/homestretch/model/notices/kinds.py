"""What a notice can be about: a row for each kind. Channels and messages follow from that."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

type Group = Literal["training", "sources", "account", "server"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of notice: its `title`, and its sentence, in which `{…}` are details of the notice.

    `right` is what a role must have to get it (None: it is about an account, which alone gets it). `sent`: channels
    send it unless somebody chose otherwise. A `digestible` one may wait for a digest; an `urgent` one does not even
    wait for the end of quiet hours. `discreet` is what a message says in the place of a sentence that holds health
    values, where the account has not allowed these. `page` is the address in the app of what it is about, in which
    `{…}` are details too.
    """

    key: str
    group: Group
    title: str
    text: str
    right: str | None
    page: str
    sent: bool = True
    digestible: bool = True
    urgent: bool = False
    discreet: str | None = None


_ROWS = (
    Kind("service_due", "training", "Gear is due for service", "{component} of {gear} is due for service.",
         "gear: edit", "/gear"),
    Kind("new_record", "training", "New records", "New records in {activity}: {records}.", "activities: read",
         "/activities/{about}"),
    Kind("import_failed", "training", "Files could not be imported",
         "{failed} of {count} files could not be imported. Import says why.", "imports: read", "/import"),
    Kind("share_opened", "training", "A link is opened for the first time",
         "One of your links was opened for the first time. Settings › Privacy lists them.", "shares: edit",
         "/settings/privacy", sent=False),
    Kind("plan_changed", "training", "A plan was changed",
         "{title} was changed: version {version} is {status}.", "coach: read", "/coach/plan/{plan}"),
    Kind("sign_in_needed", "sources", "A source needs you to sign in", "{text}", "sources: read", "/sources",
         digestible=False),
    Kind("paused_until", "sources", "A source is paused", "{label}: {text}", "sources: read", "/sources",
         sent=False),
    Kind("first_done", "sources", "A new source is up to date", "{label}: {name} is up to date: {result}.",
         "sources: read", "/sources"),
    Kind("approval_waiting", "sources", "Changes wait for your approval",
         "Changes at your sources wait for your approval.", "proposals: approve", "/changes"),
    Kind("change_failed", "sources", "A change was not applied",
         "Change not applied: {field} of {activity}. {text}", "sources: read", "/changes"),
    Kind("sink_stopped", "sources", "Nothing is sent to a sink any more",
         "Nothing is sent to {name} any more: {text}", "sinks: read", "/settings/sinks",
         discreet="Nothing is sent to a sink any more."),
    Kind("new_device", "account", "Somebody signed in on a new device",
         "Somebody signed in to your account on a new device or browser. If that was not you, change your password.",
         None, "/settings/account", digestible=False, urgent=True),
    Kind("recovery_code_used", "account", "A recovery code was used",
         "A recovery code was used to sign in. If that was not you, change your password and make new codes.",
         None, "/settings/account", digestible=False, urgent=True),
    Kind("passkey_added", "account", "A passkey was added",
         "The passkey {name} was added to your account. If that was not you, remove it and change your password.",
         None, "/settings/account", digestible=False, urgent=True),
    Kind("passkey_removed", "account", "A passkey was removed",
         "The passkey {name} was removed from your account. If that was not you, change your password.",
         None, "/settings/account", digestible=False, urgent=True),
    Kind("reset_link_made", "account", "A link for a new password was made",
         "An administrator made a link that sets a new password of your account. If you did not ask for it, ask them.",
         None, "/settings/account", digestible=False, urgent=True),
    Kind("password_reset", "account", "A new password was set by a link",
         "Your password was changed with a link. If that was not you, ask an administrator for a new link.",
         None, "/settings/account", digestible=False, urgent=True),
    Kind("channel_stopped", "account", "Notifications are not sent any more",
         "Notifications are not sent to {name} any more: {text}", None, "/settings/notifications",
         digestible=False),
    Kind("backup_failed", "server", "A backup failed", "The last backup failed. Settings › Backups says why.",
         "notifications: edit", "/settings/backups", digestible=False),
    Kind("backup_copy_failed", "server", "A backup was not copied",
         "The last backup was not copied to the object store. Settings › Backups says why.", "notifications: edit",
         "/settings/backups", digestible=False),
    Kind("drill_failed", "server", "A test of restoring failed",
         "The last test of restoring a backup failed. Settings › Backups says why.", "notifications: edit",
         "/settings/backups", digestible=False),
    Kind("disk_low", "server", "The disk is nearly full",
         "The disk is nearly full: {free_mb} MB are free. Below {least_mb} MB nothing is imported.", None,
         "/settings/server", digestible=False),
)  # fmt: skip
KINDS: Mapping[str, Kind] = {kind.key: kind for kind in _ROWS}
