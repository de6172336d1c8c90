import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { forgetDevice, keepDevice, subscribe, thisDevice } from "@/lib/push";
import { api, Problem, reply } from "@/api/client";

const SETTINGS = ["notice-settings"];
/** A part of the settings: what changes a channel may have changed this. */
const DEVICE = [...SETTINGS, "device"];

/** The channel of this device; null where notifications are off here. */
export const useThisDevice = () =>
  useQuery({ queryKey: DEVICE, queryFn: async () => (await thisDevice())?.channel ?? null, staleTime: 0 });

/** Turn notifications on here (true, which asks the person) or off; what comes is whether they are on. */
export function useSwitchDevice() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (on: boolean): Promise<boolean> => (on ? turnOn() : turnOff()),
    onSettled: () => client.invalidateQueries({ queryKey: SETTINGS }),
  });
}

async function turnOn(): Promise<boolean> {
  const { public_key: key } = await reply(api.POST("/api/notifications/push-key"));
  const subscription = await subscribe(key);
  if (subscription === null) return false;
  const { channel } = await reply(api.POST("/api/notifications/devices", { body: subscription }));
  await keepDevice({ channel, key });
  return true;
}

async function turnOff(): Promise<boolean> {
  const device = await thisDevice();
  await forgetDevice();
  if (device !== null) await unlessGone(removeChannel(device.channel));
  return false;
}

/** What was removed elsewhere is as it should be. */
async function unlessGone(promise: Promise<unknown>): Promise<void> {
  try {
    await promise;
  } catch (error) {
    if (!(error instanceof Problem && error.status === 404)) throw error;
  }
}

/** Remove a channel; where it is that of this device, its browser takes no more messages. */
export async function removeChannel(channel: string): Promise<void> {
  const device = await thisDevice();
  await reply(api.DELETE("/api/notifications/channels/{channel}", { params: { path: { channel } } }));
  if (device?.channel === channel) await forgetDevice();
}

/** Say where this device takes messages, which changes at times; one that was removed elsewhere takes no more. */
export async function renewDevice(): Promise<void> {
  const device = await thisDevice();
  if (device === null) return;
  const params = { path: { channel: device.channel } };
  try {
    await reply(api.PUT("/api/notifications/devices/{channel}", { params, body: device.subscription }));
  } catch (error) {
    if (error instanceof Problem && error.status === 404) await forgetDevice();
  }
}
