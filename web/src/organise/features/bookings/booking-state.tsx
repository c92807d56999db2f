import type { OwnBookingSummary } from "../../api/types";
import { useText } from "../../i18n/text";
import { Badge, type Tone } from "../../ui/badge";

type State = OwnBookingSummary["state"];

const tones: Record<State, Tone> = {
  held: "accent",
  paying: "accent",
  confirmed: "good",
  released: "plain",
  expired: "plain",
  cancelled: "bad",
};

export function BookingStateBadge({ state }: { state: State }) {
  const { t } = useText();
  return <Badge tone={tones[state]}>{t(`bookingState.${state}`)}</Badge>;
}
