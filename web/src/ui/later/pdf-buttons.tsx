import { Button } from "@mantine/core";
import { useState } from "react";
import { fetchBlob } from "@/api/client";
import { useI18n } from "@/i18n/i18n";
import type { Language } from "@/i18n/messages";
import { PrintIcon } from "../icons";
import { showToast } from "../toasts";

const en = {
  a4: "PDF to print",
  phone: "PDF for the phone",
  failed: "The PDF could not be made. Try again in a moment.",
};

const texts: Record<Language, typeof en> = {
  en,
  de: {
    a4: "PDF zum Drucken",
    phone: "PDF fürs Telefon",
    failed: "Das PDF konnte nicht erstellt werden. Versuchen Sie es gleich noch einmal.",
  },
  es: {
    a4: "PDF para imprimir",
    phone: "PDF para el teléfono",
    failed: "No se pudo crear el PDF. Inténtelo de nuevo en un momento.",
  },
  ar: { a4: "ملف PDF للطباعة", phone: "ملف PDF للهاتف", failed: "تعذر إنشاء ملف PDF. حاول مرة أخرى بعد قليل." },
};

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
  const { language } = useI18n();
  const [waitsFor, setWaitsFor] = useState<"a4" | "phone">();
  const own = texts[language];
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
              .catch(() => showToast(own.failed, "bad"))
              .finally(() => setWaitsFor(undefined));
          }}
        >
          {own[format]}
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
