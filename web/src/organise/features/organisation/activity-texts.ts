import type { OrganiseKey } from "../../i18n/messages";
import type { Texts } from "../../i18n/text";

/** What the API calls the kinds of things that change. */
export const subjects = {
  event: "subject.event",
  tier: "subject.tier",
  block: "subject.block",
  code: "subject.code",
  booking: "subject.booking",
  venue: "subject.venue",
  plan: "subject.plan",
  member: "subject.member",
  invitation: "subject.invitation",
  rehearsal: "subject.rehearsal",
  organisation: "subject.organisation",
} as const satisfies Record<string, OrganiseKey>;

const actions = [
  ...["event.added", "event.changed", "event.published", "event.unpublished", "event.rescheduled"],
  ...["event.cancelled", "event.deleted", "event.duplicated", "event.queue-changed"],
  ...["tier.added", "tier.changed", "tier.deleted", "tier.resized"],
  ...["code.added", "code.changed", "code.ended"],
  ...["block.added", "block.deleted", "venue.added", "venue.changed", "plan.added"],
  ...["member.invited", "member.joined", "member.changed", "member.removed", "member.left"],
  ...["rehearsal.started", "rehearsal.stopped", "invitation.withdrawn", "organisation.founded", "organisation.changed"],
] as const;

type Action = Extract<OrganiseKey, `action.${string}`> extends `action.${infer Name}` ? Name : never;

function isKnown(action: string): action is Action {
  return (actions as readonly string[]).includes(action);
}

/** An action in words; one that this app does not know yet, by the name that the API has for it. */
export function actionText(action: string, t: Texts): string {
  return isKnown(action) ? t(`action.${action}`) : action;
}
