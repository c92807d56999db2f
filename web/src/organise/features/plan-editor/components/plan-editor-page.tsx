import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { problemOf } from "@/api/problem";
import { EmptyState } from "@/ui/empty-state";
import { useOrganisation } from "../../../lib/organisation";
import { Loading, NotFound } from "../../../ui/states";
import { draftKey, draftQuery } from "../../../api/plan-drafts";
import { readCopy, type LocalCopy } from "../editor/local-copy";
import { readPlan } from "../model/json";
import type { PlanDocument } from "../model/document";
import { useEditorText } from "../messages";
import { Workspace, type Opened } from "./workspace";

function read(document: unknown): PlanDocument | undefined {
  try {
    return readPlan(document);
  } catch {
    return undefined;
  }
}

/** A draft of a plan, to be drawn. */
export function PlanEditorPage({ draftId }: { draftId: string }) {
  const { t } = useEditorText();
  const { org } = useOrganisation();
  const queryClient = useQueryClient();
  const { data, error, dataUpdatedAt } = useQuery(draftQuery(org, draftId));
  const [copy, setCopy] = useState<{ value: LocalCopy | undefined }>();
  useEffect(() => {
    let isGone = false;
    readCopy(draftId)
      .catch(() => undefined)
      .then((value) => {
        if (!isGone) setCopy({ value });
      });
    return () => {
      isGone = true;
    };
  }, [draftId, dataUpdatedAt]);
  if (problemOf(error)?.status === 404) return <NotFound />;
  if (error !== null && data === undefined) throw error;
  if (data === undefined || copy === undefined) return <Loading />;
  const { draft, document } = data.value;
  const kept = copy.value && read(copy.value.document);
  const saved = read(document);
  if (saved === undefined) return <EmptyState isPage title={t("unreadable")} text={t("unreadableText")} />;
  const opened: Opened = {
    draft,
    saved,
    document: kept ?? saved,
    etag: kept === undefined ? data.etag : (copy.value?.etag ?? data.etag),
  };
  return (
    <Workspace
      key={`${draftId} ${dataUpdatedAt}`}
      opened={opened}
      onReload={() => queryClient.invalidateQueries({ queryKey: draftKey(org, draftId) })}
    />
  );
}
