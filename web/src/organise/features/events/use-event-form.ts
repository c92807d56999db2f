import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { problemOf } from "@/api/problem";
import { changeEvent, ownEventKey, ownEventQuery } from "../../api/events";
import type { Tagged } from "../../api/tagged";
import type { OwnEvent } from "../../api/types";
import { changedPart, conflictsOf, type Conflict } from "../../lib/merge";
import { entriesOf, toChange, type EventEntries } from "./event-entries";

export interface EventForm {
  entries: EventEntries;
  change: (part: Partial<EventEntries>) => void;
  isChanged: boolean;
  isSaving: boolean;
  error: unknown;
  save: () => Promise<OwnEvent | undefined>;
  /** Fields that somebody else changed meanwhile: to be decided before anything is saved. */
  conflicts: readonly Conflict<string & keyof EventEntries>[];
  /** Takes what the other one saved, or keeps what was typed here. */
  settle: (takeTheirs: boolean) => void;
}

/**
 * Entries on top of an event as it is stored. Only what was changed here is sent, with the tag of the state that it was
 * typed over: what somebody else changed meanwhile is never overwritten unseen.
 */
export function useEventForm(org: string, stored: Tagged<OwnEvent>): EventForm {
  const queryClient = useQueryClient();
  const [mine, setMine] = useState<Partial<EventEntries>>({});
  const [base, setBase] = useState(stored);
  const [conflicts, setConflicts] = useState<EventForm["conflicts"]>([]);
  // Nothing typed yet: the newest is what one begins with.
  if (Object.keys(mine).length === 0 && base.etag !== stored.etag) setBase(stored);
  const entries = { ...entriesOf(base.value), ...mine };
  const { id } = base.value;

  const send = async (onto: Tagged<OwnEvent>): Promise<OwnEvent | undefined> => {
    const part = changedPart(entriesOf(onto.value), mine);
    if (Object.keys(part).length === 0) return onto.value;
    try {
      const saved = await changeEvent(org, id, onto.etag, toChange(part));
      queryClient.setQueryData(ownEventKey(org, id), saved);
      setBase(saved);
      setMine({});
      void queryClient.invalidateQueries({ queryKey: ["organisation", org, "events"] });
      return saved.value;
    } catch (error) {
      if (problemOf(error)?.code !== "changed-meanwhile") throw error;
    }
    const now = await queryClient.fetchQuery({ ...ownEventQuery(org, id), staleTime: 0 });
    const found = conflictsOf(entriesOf(onto.value), entriesOf(now.value), mine);
    setBase(now);
    if (found.length === 0) return send(now);
    setConflicts(found);
    return undefined;
  };
  const saving = useMutation({ mutationFn: () => send(base) });
  return {
    entries,
    change: (part) => setMine((known) => ({ ...known, ...part })),
    isChanged: Object.keys(changedPart(entriesOf(base.value), mine)).length > 0,
    isSaving: saving.isPending,
    error: saving.error,
    save: () => saving.mutateAsync(),
    conflicts,
    settle: (takeTheirs) => {
      if (takeTheirs) {
        const lost = new Set<string>(conflicts.map(({ field }) => field));
        setMine((known) => Object.fromEntries(Object.entries(known).filter(([name]) => !lost.has(name))));
      }
      setConflicts([]);
    },
  };
}
