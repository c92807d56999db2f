import { useRef, useState } from "react";
import { languageNames, languages } from "@/i18n/messages";
import { useText } from "../i18n/messages";
import type { Door } from "../store/door";
import type { DoorView } from "../store/view";

/** Where the device stands, its language, and how it leaves the event. */
export function Settings({ door, view }: { door: Door; view: DoorView }) {
  const { t, language } = useText();
  const [gate, setGate] = useState(view.gate);
  const dialog = useRef<HTMLDialogElement>(null);
  return (
    <>
      <button type="button" className="small" onClick={() => dialog.current?.showModal()}>
        {t("menu.open")}
      </button>
      <dialog ref={dialog} aria-label={t("menu.open")}>
        <p>
          <bdi>{view.device}</bdi>
        </p>
        <label>
          {t("gate.label")}
          <input
            maxLength={50}
            value={gate}
            onChange={(changed) => setGate(changed.currentTarget.value)}
            onBlur={() => void door.setGate(gate.trim())}
          />
        </label>
        <div className="direction" role="group">
          {languages.map((one) => (
            <button
              key={one}
              type="button"
              lang={one}
              aria-pressed={one === language}
              onClick={() => {
                localStorage.setItem("onsale_door_language", one);
                location.reload();
              }}
            >
              {languageNames[one]}
            </button>
          ))}
        </div>
        {view.queued > 0 && <p>{t("leave.waiting")}</p>}
        <button
          type="button"
          disabled={view.queued > 0}
          onClick={() => {
            if (window.confirm(t("leave.confirm"))) void door.leave();
          }}
        >
          {t("leave.action")}
        </button>
        <button type="button" data-tone="accent" onClick={() => dialog.current?.close()}>
          {t("menu.close")}
        </button>
      </dialog>
    </>
  );
}
