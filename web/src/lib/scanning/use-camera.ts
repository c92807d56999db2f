import { useEffect, useEffectEvent, useRef, useState, type RefObject } from "react";
import { makeQrReader } from "./qr-reader";

const lookEveryMs = 120;
/** The same code in front of the camera is one scan. */
const sameCodeMs = 3000;

interface CameraState {
  /** Where the picture is shown. */
  video: RefObject<HTMLVideoElement | null>;
  /** Whether the browser offers a camera at all. */
  isOffered: boolean;
  isOn: boolean;
  isDenied: boolean;
  toggle: () => void;
}

/** Reads QR codes with the device's camera, one after the other, whatever comes of them. */
export function useCamera(onCode: (code: string) => void): CameraState {
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
      if (shown === null || hasEnded) {
        stream.getTracks().forEach((track) => track.stop());
        return;
      }
      shown.srcObject = stream;
      await shown.play();
      const read = await makeQrReader();
      const look = async () => {
        if (hasEnded) return;
        // A frame that cannot be read is followed by another.
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
  const toggle = () => {
    setIsDenied(false);
    setIsOn(!isOn);
  };
  return { video, isOffered: "mediaDevices" in navigator, isOn, isDenied, toggle };
}
