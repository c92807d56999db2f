import { Button } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { Notice } from "@/ui/notice";
import { useText } from "../../i18n/text";
import styles from "./door.module.css";

const lookEveryMs = 150;
/** The same code in front of the camera is one scan. */
const sameCodeMs = 3000;

interface Detector {
  detect: (source: HTMLVideoElement) => Promise<{ rawValue: string }[]>;
}
declare const BarcodeDetector: new (options: { formats: string[] }) => Detector;

/** Reads codes with the phone's camera, where the browser can; else there is nothing to see. */
export function Camera({ onCode }: { onCode: (code: string) => void }) {
  const { t } = useText();
  const [isOn, setIsOn] = useState(false);
  const [isDenied, setIsDenied] = useState(false);
  const video = useRef<HTMLVideoElement>(null);
  const handler = useRef(onCode);
  useEffect(() => {
    handler.current = onCode;
  });
  useEffect(() => {
    if (!isOn) return;
    let stream: MediaStream | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let hasEnded = false;
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    let last = { code: "", at: 0 };
    const look = async () => {
      const shown = video.current;
      if (hasEnded || shown === null) return;
      // A frame that cannot be read is followed by another.
      const codes = shown.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA ? await detector.detect(shown) : [];
      const code = codes[0]?.rawValue;
      const now = Date.now();
      if (code !== undefined && (code !== last.code || now - last.at > sameCodeMs)) {
        last = { code, at: now };
        handler.current(code);
      }
      timer = setTimeout(() => void look(), lookEveryMs);
    };
    const start = async () => {
      try {
        stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      } catch {
        setIsDenied(true);
        setIsOn(false);
        return;
      }
      if (video.current === null) return;
      video.current.srcObject = stream;
      await video.current.play();
      await look();
    };
    void start();
    return () => {
      hasEnded = true;
      clearTimeout(timer);
      stream?.getTracks().forEach((track) => track.stop());
    };
  }, [isOn]);
  if (!("BarcodeDetector" in window) || !("mediaDevices" in navigator)) return null;
  return (
    <div className={styles.camera}>
      {isOn && <video ref={video} muted playsInline aria-hidden="true" />}
      {isDenied && <Notice tone="bad" title={t("door.cameraDenied")} />}
      <Button
        variant="default"
        size="lg"
        onClick={() => {
          setIsDenied(false);
          setIsOn(!isOn);
        }}
      >
        {t(isOn ? "door.cameraStop" : "door.camera")}
      </Button>
    </div>
  );
}
