import { Button } from "@mantine/core";
import { useState } from "react";
import { fetchBlob } from "@/api/client";
import { useI18n } from "@/i18n/i18n";
import { PrintIcon } from "../icons";
import { showToast } from "../toasts";

const freeAfterMs = 10_000;

interface PdfButtonsProps {
  /** The route of the tickets' PDF. */
  address: string;
  headers?: Record<string, string>;
  /** What the file is called, without its ending. */
  name: string;
}

/** Tickets as files, on paper and as wide as a phone: two buttons of a row of them. */
export default function PdfButtons({ address, headers = {}, name }: PdfButtonsProps) {
  const { t, language } = useI18n();
  const [waitsFor, setWaitsFor] = useState<"a4" | "phone">();
  return (
    <>
      {(["a4", "phone"] as const).map((format) => (
        <Button
          key={format}
          variant="default"
          leftSection={<PrintIcon size={18} />}
          aria-disabled={waitsFor !== undefined}
          onClick={() => {
            if (waitsFor !== undefined) return;
            setWaitsFor(format);
            save(`${address}?format=${format}&language=${language}`, headers, name)
              .catch(() => showToast(t("tickets.pdfFailed"), "bad"))
              .finally(() => setWaitsFor(undefined));
          }}
        >
          {t(format === "a4" ? "tickets.pdfA4" : "tickets.pdfPhone")}
        </Button>
      ))}
    </>
  );
}

async function save(address: string, headers: Record<string, string>, name: string): Promise<void> {
  const file = URL.createObjectURL(await fetchBlob(address, headers));
  const link = document.createElement("a");
  link.href = file;
  link.download = `${name}.pdf`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(file), freeAfterMs);
}
