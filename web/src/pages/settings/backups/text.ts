import { texts } from "@/lib/text";

export const { own, t, many } = texts({
  "backups.title": "Backups",
  "backups.lead":
    "A backup is one file with everything: the original files, your edits, plans and settings. Each one is read back and checked before an older one is removed. Once a month the newest is restored beside your data, to see that it works.",
  "backups.none": "No backups yet",
  "backups.none_hint":
    "Choose a folder on another disk below. A backup on the same memory card is lost together with your data.",
  "backups.last": "Last backup",
  "backups.never": "None",
  "backups.next": "Next backup",
  "backups.off": "Off",
  "backups.kept": "Kept",
  "backups.test": "Restore test",
  "backups.test_good_one": "{count} recording equal",
  "backups.test_good": "{count} recordings equal",
  "backups.test_bad": "Failed",
  "backups.now": "Back up now",
  "backups.test_now": "Test restoring now",
  "backups.running": "Backing up and reading back",
  "backups.step": "{done} of {total} steps",
  "backups.starting": "Starts in a moment",
  "backups.testing": "The newest backup is being restored and compared",
  "backups.failed": "The last backup failed ({when}). {note}",
  "backups.test_failed": "The last restore test failed ({when}). {note}",
  "backups.copied": "Copied",
  "backups.copying": "Backups are being copied to {place}",
  "backups.copy_failed": "The last backup was not copied ({when}). {note}",
  "backups.copies_in": "Each is also copied to {place}, and read back there.",
  "backups.same_disk":
    "This folder is on the same disk as your data. If that disk fails, both are lost. Choose a folder on another disk.",
  "backups.missing_one": "{count} original is missing or damaged, and so is not in the last backup.",
  "backups.missing": "{count} originals are missing or damaged, and so are not in the last backup.",
  "backups.again": "Use it as a new folder",
  "backups.list": "Backups in the folder",
  "backups.made": "Made",
  "backups.size": "Size",
  "backups.took": "Took",
  "backups.originals": "Originals",
  "backups.file": "File",
  "backups.where":
    "They are in {folder} on the server. They hold the data of every athlete, so they cannot be downloaded here.",

  "backup_plan.title": "Schedule",
  "backup_plan.on": "Back up automatically",
  "backup_plan.folder": "Folder on the server",
  "backup_plan.folder_hint":
    "It must exist, best on another disk. Homestretch marks it, so that a disk that is not mounted is noticed.",
  "backup_plan.example": "/mnt/backups",
  "backup_plan.locked": "Set by HOMESTRETCH_BACKUP_DIR on the server.",
  "backup_plan.every": "How often",
  "backup_plan.day": "Every day",
  "backup_plan.week": "Every Sunday",
  "backup_plan.hour": "Hour",
  "backup_plan.hour_hint": "In the server’s own time",
  "backup_plan.daily": "Days",
  "backup_plan.weekly": "Weeks",
  "backup_plan.monthly": "Months",
  "backup_plan.keep": "How many to keep",
  "backup_plan.keeps":
    "Keeps the newest backup of each of the last {daily} days, {weekly} weeks and {monthly} months: at most {most}.",
  "backup_plan.takes": "At today’s size that is up to {size}. {free} are free there.",
  "backup_plan.own": "Only files that Homestretch made here are ever removed, and never the newest.",
  "backup_plan.save": "Save",
  "backup_plan.saved": "Schedule saved",
  "backup_key.title": "Encryption",
  "backup_key.off":
    "Backups are not encrypted: who gets hold of one reads everything. Encrypt them if the disk leaves your home or belongs to somebody else.",
  "backup_key.on":
    "Backups are encrypted. The key is on the server, which reads back what it writes, and in no backup. Without a copy of the key elsewhere, a backup is lost together with the server.",
  "backup_key.set": "Backups are encrypted with the key in HOMESTRETCH_BACKUP_KEY on the server.",
  "backup_key.unusable":
    "The backup key on the server is not valid, so no backup is made. Run `homestretch backup` there; it says where the key is.",
  "backup_key.encrypt": "Encrypt backups",
  "backup_key.new": "Make a new key",
  "backup_key.stop": "Stop encrypting",
  "backup_key.make": "Make a key",
  "backup_key.first_hint":
    "A key is made and shown once. From the next backup on, only this key opens them. The backups that are there stay as they are.",
  "backup_key.new_hint":
    "From the next backup on, the new key is used. The backups that are there still need the old one.",
  "backup_key.keep":
    "Keep this key where the server and its backups are not: in a password manager, or on paper. If the server is lost, only this key opens the backups.",
  "backup_key.kept": "I have kept it",
});
