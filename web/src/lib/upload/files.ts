/** A file and the path it had in the folder it was chosen from. */
export interface Found {
  path: string;
  file: File;
}

const NOT_WANTED = /(^|\/)(\.|__MACOSX\/|Thumbs\.db$|desktop\.ini$)/;

/** The files of a picker; those a system hides are left out. */
export function fromPicker(list: FileList): Found[] {
  return [...list].map((file) => ({ path: file.webkitRelativePath || file.name, file })).filter(wanted);
}

/** The files that were dropped, those in folders too, however deep. */
export async function fromDrop(transfer: DataTransfer): Promise<Found[]> {
  // Entries are only readable during the event: take them all before the first wait.
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  const found: Found[] = [];
  for (const entry of entries) await walk(entry, found);
  return found.filter(wanted);
}

function wanted({ path }: Found): boolean {
  return !NOT_WANTED.test(path);
}

async function walk(entry: FileSystemEntry, found: Found[]): Promise<void> {
  const path = entry.fullPath.replace(/^\//, "");
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => {
      (entry as FileSystemFileEntry).file(resolve, reject);
    });
    found.push({ path, file });
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  // A reader hands out at most a hundred entries at a time, and none when it is done.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject);
    });
    if (some.length === 0) return;
    for (const child of some) await walk(child, found);
  }
}
