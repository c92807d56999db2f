import { api, unwrap } from "@/api/client";
import type { CodeAnswer } from "@/api/types";

/** What a code does: a hint, for the prices that are shown. Its use is decided with the places. */
export function checkCode(eventId: string, code: string): Promise<CodeAnswer> {
  return unwrap(api.POST("/api/v1/events/{id}/codes/check", { params: { path: { id: eventId } }, body: { code } }));
}
