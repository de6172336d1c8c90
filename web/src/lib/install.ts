/** What the browser asks before it installs the app, which is only known once it offers that. */
interface InstallPrompt extends Event {
  prompt: () => Promise<unknown>;
}

let offered: InstallPrompt | null = null;
const listeners = new Set<() => void>();

function put(prompt: InstallPrompt | null): void {
  offered = prompt;
  for (const listener of listeners) listener();
}

/** Keep the browser's offer to install the app, for the button in the settings. */
export function keepInstallOffer(): void {
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    put(event as InstallPrompt);
  });
  addEventListener("appinstalled", () => {
    put(null);
  });
}

export function subscribeInstall(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const mayInstall = (): boolean => offered !== null;

/** Let the browser ask whether to install the app. */
export async function install(): Promise<void> {
  const prompt = offered;
  put(null);
  await prompt?.prompt();
}
