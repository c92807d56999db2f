import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Notice } from "@/ui/notice";
import { useText } from "../i18n/text";
import { formError } from "../lib/problems";
import { saveFile } from "../lib/save-file";
import { DownloadIcon } from "./icons";

/** Fetches a file and gives it to the browser to keep; says why where it cannot. */
export function DownloadButton({ label, name, fetch }: { label: string; name: string; fetch: () => Promise<Blob> }) {
  const { t } = useText();
  const download = useMutation({ mutationFn: async () => saveFile(name, await fetch()) });
  const error = formError(download.error, t);
  return (
    <>
      <Button
        variant="default"
        leftSection={<DownloadIcon size={18} />}
        loading={download.isPending}
        onClick={() => download.mutate()}
      >
        {label}
      </Button>
      {error !== undefined && <Notice tone="bad" urgent title={error} />}
    </>
  );
}
