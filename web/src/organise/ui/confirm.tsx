import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Dialog } from "@/ui/dialog";
import { Notice } from "@/ui/notice";
import { useText } from "../i18n/text";
import { formError } from "../lib/problems";

interface ConfirmProps {
  title: string;
  /** What it will have done, in figures where there are any. */
  children: ReactNode;
  confirmLabel: string;
  isGrave?: boolean;
  isDisabled?: boolean;
  run: () => Promise<unknown>;
  onDone?: () => void;
  onClose: () => void;
}

/** Asked before what cannot be undone, in words that name what it does. */
export function Confirm(props: ConfirmProps) {
  const { title, children, confirmLabel, isGrave = false, isDisabled = false, run, onDone, onClose } = props;
  const { t } = useText();
  const work = useMutation({
    mutationFn: run,
    onSuccess: () => {
      onClose();
      onDone?.();
    },
  });
  const error = formError(work.error, t);
  return (
    <Dialog
      open
      title={title}
      onClose={onClose}
      footer={
        <>
          <Button variant="default" size="md" onClick={onClose}>
            {t("common.leaveIt")}
          </Button>
          <Button
            size="md"
            {...(isGrave && { color: "red" })}
            loading={work.isPending}
            disabled={isDisabled}
            onClick={() => work.mutate()}
          >
            {confirmLabel}
          </Button>
        </>
      }
    >
      <div className="stack">
        {children}
        {error !== undefined && <Notice tone="bad" urgent title={error} />}
      </div>
    </Dialog>
  );
}
