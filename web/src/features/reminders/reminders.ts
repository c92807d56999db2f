import { api, unwrap } from "@/api/client";

/** Without an address, to the account's own. True: nothing more is to be done; false: a mail asks for confirmation. */
export async function askForReminder(eventId: string, email: string | undefined, language: string): Promise<boolean> {
  const body = { language, ...(email === undefined ? {} : { email }) };
  const { isConfirmed } = await unwrap(
    api.POST("/api/v1/events/{id}/reminders", { params: { path: { id: eventId } }, body }),
  );
  return isConfirmed;
}

/** What the link in a mail is for, and its secret. */
export interface ReminderLink {
  action: "confirm" | "end";
  token: string;
}

export async function followLink({ action, token }: ReminderLink): Promise<void> {
  const body = { token };
  await unwrap(
    action === "end" ? api.POST("/api/v1/reminders/end", { body }) : api.POST("/api/v1/reminders/confirm", { body }),
  );
}

/** What the link in a mail says after the #. */
export function linkOf(hash: string): ReminderLink | undefined {
  const [, action, token] = /^#?reminder-(confirm|end)=([\w-]+)$/.exec(hash) ?? [];
  return token === undefined ? undefined : { action: action === "end" ? "end" : "confirm", token };
}
