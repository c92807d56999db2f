import { Button } from "@mantine/core";
import { useState } from "react";
import { useI18n } from "@/i18n/i18n";
import { useStore } from "@/lib/external-store";
import { installPrompt } from "@/lib/install-prompt";
import { local, readStored, writeStored } from "@/lib/storage";
import { Notice } from "@/ui/notice";
import { canInstallBySharing } from "../model/installing";
import { offlineTexts } from "../texts";
import { isTurnedOff } from "../worker-registration";
import styles from "./offline.module.css";

const slot = "onsale.install";

/** Offered where there are tickets, and never again once it was declined. */
export function InstallOffer() {
  const { language } = useI18n();
  const own = offlineTexts[language];
  const prompt = useStore(installPrompt);
  const [isDone, setDone] = useState(() => readStored(local, slot) !== undefined);
  const isBySharing = canInstallBySharing(navigator, matchMedia("(display-mode: standalone)").matches);
  if (isDone || isTurnedOff() || (prompt === undefined && !isBySharing)) return null;
  const finish = () => {
    writeStored(local, slot, "done");
    setDone(true);
  };
  return (
    <section className={styles.install} aria-label={own.installTitle}>
      <Notice tone="outline" title={own.installTitle}>
        <p>{prompt === undefined ? own.installBySharing : own.installText}</p>
        <div className="row">
          {prompt !== undefined && (
            <Button
              variant="default"
              onClick={() => {
                installPrompt.set(undefined);
                void prompt.prompt();
              }}
            >
              {own.install}
            </Button>
          )}
          <Button variant="subtle" onClick={finish}>
            {own.notNow}
          </Button>
        </div>
      </Notice>
    </section>
  );
}
