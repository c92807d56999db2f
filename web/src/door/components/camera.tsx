import { useEffect, useEffectEvent, useRef, useState } from "react";
import { useText, type DoorKey } from "../i18n/messages";
import { makeQrReader } from "./qr-reader";

const lookEveryMs = 120;
/** The same code in front of the camera is one scan. */
const sameCodeMs = 3000;

interface CameraProps {
  /** What the button says. */
  start: DoorKey;
  onCode: (code: string) => void;
}

/** Reads QR codes with the device's camera, one after the other, whatever comes of them. */
export function Camera({ start, onCode }: CameraProps) {
  const { t } = useText();
  const [isOn, setIsOn] = useState(false);
  const [isDenied, setIsDenied] = useState(false);
  const video = useRef<HTMLVideoElement>(null);
  const found = useEffectEvent(onCode);
  useEffect(() => {
    if (!isOn) return;
    let stream: MediaStream | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let hasEnded = false;
    let last = { code: "", at: 0 };
    const run = async () => {
      try {
        stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      } catch {
        setIsDenied(true);
        setIsOn(false);
        return;
      }
      const shown = video.current;
      if (shown === null || hasEnded) return;
      shown.srcObject = stream;
      await shown.play();
      const read = await makeQrReader();
      const look = async () => {
        if (hasEnded) return;
        const code = shown.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA ? await read(shown) : undefined;
        const now = Date.now();
        if (code !== undefined && (code !== last.code || now - last.at > sameCodeMs)) found(code);
        if (code !== undefined) last = { code, at: now };
        timer = setTimeout(() => void look(), lookEveryMs);
      };
      await look();
    };
    void run();
    return () => {
      hasEnded = true;
      clearTimeout(timer);
      stream?.getTracks().forEach((track) => track.stop());
    };
  }, [isOn]);
  if (!("mediaDevices" in navigator)) return null;
  return (
    <div className="camera">
      {isOn && <video ref={video} muted playsInline aria-hidden="true" />}
      {isDenied && (
        <p className="note" data-tone="bad">
          {t("camera.denied")}
        </p>
      )}
      <button
        type="button"
        onClick={() => {
          setIsDenied(false);
          setIsOn(!isOn);
        }}
      >
        {t(isOn ? "camera.stop" : start)}
      </button>
    </div>
  );
}
