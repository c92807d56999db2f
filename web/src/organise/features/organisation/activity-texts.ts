import type { OrganiseKey } from "../../i18n/messages";
import type { Texts } from "../../i18n/text";

/** What the API calls the kinds of things that change. */
export const subjects = {
  event: "subject.event",
  venue: "subject.venue",
  plan: "subject.plan",
  member: "subject.member",
  invitation: "subject.invitation",
  organisation: "subject.organisation",
} as const satisfies Record<string, OrganiseKey>;

const actions: Readonly<Record<string, OrganiseKey>> = {
  "member.invited": "action.member.invited",
  "member.joined": "action.member.joined",
  "member.changed": "action.member.changed",
  "member.removed": "action.member.removed",
  "member.left": "action.member.left",
  "invitation.withdrawn": "action.invitation.withdrawn",
  "organisation.founded": "action.organisation.founded",
  "organisation.changed": "action.organisation.changed",
};

/** An action in words; one that this app does not know yet, by the name that the API has for it. */
export function actionText(action: string, t: Texts): string {
  const key = actions[action];
  return key === undefined ? action : t(key);
}
