import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, type KeyboardEvent, type MouseEvent } from "react";
import { fieldError } from "@/api/problem";
import { Notice } from "@/ui/notice";
import { focusEventImage, ownEventKey, removeEventImage, setEventImage } from "../../api/events";
import type { Tagged } from "../../api/tagged";
import type { OwnEvent } from "../../api/types";
import { useText } from "../../i18n/text";
import { useOrganisation } from "../../lib/organisation";
import { formError } from "../../lib/problems";
import { Section } from "../../ui/page";
import styles from "./image-section.module.css";

const accepted = "image/jpeg,image/png,image/webp,image/avif";
const stepPercent = 5;

/** The event's own picture, and the point of it that stays in view where its sides are cut off. */
export function ImageSection({ event }: { event: OwnEvent }) {
  const { t } = useText();
  const { org, can } = useOrganisation();
  const queryClient = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const keep = (changed: Tagged<OwnEvent>) => queryClient.setQueryData(ownEventKey(org, event.id), changed);
  const upload = useMutation({ mutationFn: (file: File) => setEventImage(org, event.id, file), onSuccess: keep });
  const focus = useMutation({
    mutationFn: (point: { x: number; y: number }) => focusEventImage(org, event.id, point),
    onSuccess: keep,
  });
  const remove = useMutation({ mutationFn: () => removeEventImage(org, event.id), onSuccess: keep });
  const mayEdit = can("events.edit") && event.status !== "cancelled";
  const { image } = event;
  const error = upload.error ?? focus.error ?? remove.error;
  const isBusy = upload.isPending || remove.isPending;
  return (
    <Section title={t("image.title")} text={t("image.lead")}>
      {image == null ? (
        <img className={styles.picture} src={event.imageUrl} alt="" />
      ) : (
        <Focus
          src={`${image.base}960.webp`}
          x={image.focusX}
          y={image.focusY}
          label={t("image.focus", { x: image.focusX, y: image.focusY })}
          isDisabled={!mayEdit}
          onMove={(point) => focus.mutate(point)}
        />
      )}
      {image != null && mayEdit && <p className="small muted">{t("image.focusHint")}</p>}
      {error !== null && (
        <Notice tone="bad" urgent>
          {fieldError(error, "image") ?? formError(error, t)}
        </Notice>
      )}
      {mayEdit && (
        <div className="row">
          <input
            ref={input}
            type="file"
            accept={accepted}
            className="visually-hidden"
            tabIndex={-1}
            aria-label={t("image.choose")}
            onChange={(changed) => {
              const file = changed.currentTarget.files?.[0];
              changed.currentTarget.value = "";
              if (file !== undefined) upload.mutate(file);
            }}
          />
          <Button variant="default" loading={upload.isPending} disabled={isBusy} onClick={() => input.current?.click()}>
            {t(image == null ? "image.upload" : "image.replace")}
          </Button>
          {image != null && (
            <Button variant="subtle" loading={remove.isPending} disabled={isBusy} onClick={() => remove.mutate()}>
              {t("image.remove")}
            </Button>
          )}
        </div>
      )}
    </Section>
  );
}

interface FocusProps {
  src: string;
  x: number;
  y: number;
  label: string;
  isDisabled: boolean;
  onMove: (point: { x: number; y: number }) => void;
}

/** By a press on the picture, or by the arrow keys. */
function Focus({ src, x, y, label, isDisabled, onMove }: FocusProps) {
  const press = ({ clientX, clientY, currentTarget, detail }: MouseEvent<HTMLButtonElement>) => {
    if (detail === 0) return; // by keyboard: nowhere in particular
    const box = currentTarget.getBoundingClientRect();
    onMove({
      x: clamp(((clientX - box.left) / box.width) * 100),
      y: clamp(((clientY - box.top) / box.height) * 100),
    });
  };
  const move = (pressed: KeyboardEvent) => {
    const [dx, dy] = arrows[pressed.key] ?? [0, 0];
    if (dx === 0 && dy === 0) return;
    pressed.preventDefault();
    onMove({ x: clamp(x + dx * stepPercent), y: clamp(y + dy * stepPercent) });
  };
  return (
    <button
      type="button"
      className={styles.focus}
      aria-label={label}
      disabled={isDisabled}
      onClick={press}
      onKeyDown={move}
    >
      <img src={src} alt="" />
      <span className={styles.point} style={{ insetInlineStart: `${x}%`, top: `${y}%` }} aria-hidden="true" />
    </button>
  );
}

const arrows: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

function clamp(percent: number): number {
  return Math.round(Math.min(100, Math.max(0, percent)));
}
