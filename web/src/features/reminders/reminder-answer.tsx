import { useMutation } from "@tanstack/react-query";
import { useEffect } from "react";
import { problemOf } from "@/api/problem";
import { useI18n } from "@/i18n/i18n";
import { Notice } from "@/ui/notice";
import { reminderTexts } from "./reminder-texts";
import { followLink, linkOf } from "./reminders";

/** Confirms or ends a reminder by the link of its mail, whatever has become of the sale, and says so. */
export default function ReminderAnswer({ hash }: { hash: string }) {
  const own = reminderTexts[useI18n().language];
  const { mutate, isSuccess, error } = useMutation({ mutationFn: followLink });
  const link = linkOf(hash);
  const [action, token] = [link?.action, link?.token];
  useEffect(() => {
    if (action !== undefined && token !== undefined) mutate({ action, token });
  }, [action, token, mutate]);
  return (
    <>
      <div role="status">
        {isSuccess && <Notice tone="good" title={action === "end" ? own.ended : own.confirmed} />}
      </div>
      {error !== null && (
        <Notice tone="bad" urgent title={problemOf(error)?.code === "link-invalid" ? own.linkInvalid : own.failed} />
      )}
    </>
  );
}
