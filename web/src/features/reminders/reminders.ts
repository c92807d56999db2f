import { api, unwrap } from "@/api/client";

/** Without an address, to the account's own. */
export async function askForReminder(eventId: string, email: string | undefined, language: string): Promise<void> {
  const body = { language, ...(email === undefined ? {} : { email }) };
  await unwrap(api.POST("/api/v1/events/{id}/reminders", { params: { path: { id: eventId } }, body }));
}

export async function endReminder(token: string): Promise<void> {
  await unwrap(api.POST("/api/v1/reminders/end", { body: { token } }));
}

/** What the link in a mail says after the #. */
export function endingToken(hash: string): string | undefined {
  return /^#?reminder-end=([\w-]+)$/.exec(hash)?.[1];
}
