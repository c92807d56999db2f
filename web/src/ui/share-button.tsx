import { Button } from "@mantine/core";
import { useI18n } from "@/i18n/i18n";
import { ShareIcon } from "./icons";
import { showToast } from "./toasts";

interface ShareButtonProps {
  title: string;
  /** The page to share, as a path of this app. */
  path: string;
  label: string;
}

/** By the system's own sheet; where there is none, the address is copied. */
export function ShareButton({ title, path, label }: ShareButtonProps) {
  const { t } = useI18n();
  const share = async () => {
    const url = location.origin + path;
    if ("share" in navigator) {
      try {
        await navigator.share({ title, url });
        return;
      } catch (error) {
        if (error instanceof DOMException && error.name === "AbortError") return;
      }
    }
    try {
      await navigator.clipboard.writeText(url);
      showToast(t("event.linkCopied"));
    } catch {
      // Neither is allowed here: the address can be read and copied by hand.
      showToast(url);
    }
  };
  return (
    <Button variant="default" leftSection={<ShareIcon size={18} />} onClick={() => void share()}>
      {label}
    </Button>
  );
}
