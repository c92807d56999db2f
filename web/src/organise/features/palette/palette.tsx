import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useDeferredValue, useEffect, useId, useRef, useState } from "react";
import { SearchIcon } from "@/ui/icons";
import { ownEventsQuery } from "../../api/events";
import { useText } from "../../i18n/text";
import { useOrganisation } from "../../lib/organisation";
import styles from "./palette.module.css";

/** Somewhere to go: a page, or an event. */
export interface PaletteItem {
  id: string;
  label: string;
  /** What tells it from others of its name. */
  note?: string | undefined;
  go: () => void;
}

const mostEvents = 8;

/** Opens with Ctrl+K or ⌘K from everywhere, and finds pages and events by a few letters. */
export function Palette({ pages }: { pages: readonly PaletteItem[] }) {
  const { t } = useText();
  const [isOpen, setIsOpen] = useState(false);
  useEffect(() => {
    const open = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey) return;
      event.preventDefault();
      setIsOpen(true);
    };
    addEventListener("keydown", open);
    return () => removeEventListener("keydown", open);
  }, []);
  return (
    <>
      <button type="button" className={styles.open} aria-haspopup="dialog" onClick={() => setIsOpen(true)}>
        <SearchIcon />
        <span className={styles.openText}>{t("palette.open")}</span>
        <kbd aria-hidden="true">{/mac/i.test(navigator.userAgent) ? "⌘K" : "Ctrl K"}</kbd>
      </button>
      {isOpen && <PaletteDialog pages={pages} onClose={() => setIsOpen(false)} />}
    </>
  );
}

function PaletteDialog({ pages, onClose }: { pages: readonly PaletteItem[]; onClose: () => void }) {
  const { t } = useText();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const [words, setWords] = useState("");
  const [at, setAt] = useState(0);
  const events = useEvents(useDeferredValue(words.trim()));
  const wanted = words.trim().toLocaleLowerCase();
  const items = [...pages.filter(({ label }) => label.toLocaleLowerCase().includes(wanted)), ...events];
  const current = Math.min(at, items.length - 1);
  useEffect(() => {
    if (dialog.current?.open === false) dialog.current.showModal();
  }, []);
  const choose = (item: PaletteItem | undefined) => {
    if (item === undefined) return;
    onClose();
    item.go();
  };
  const onKey = (event: React.KeyboardEvent) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (items.length > 0) setAt((current + step + items.length) % items.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      choose(items[current]);
    }
  };
  return (
    <dialog
      ref={dialog}
      className={styles.dialog}
      aria-label={t("palette.open")}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
    >
      <input
        className={styles.input}
        type="text"
        role="combobox"
        aria-label={t("palette.label")}
        aria-expanded="true"
        aria-controls={id}
        aria-autocomplete="list"
        aria-activedescendant={items[current] === undefined ? undefined : `${id}-${current}`}
        placeholder={t("palette.label")}
        autoComplete="off"
        maxLength={100}
        value={words}
        onKeyDown={onKey}
        onChange={(event) => {
          setWords(event.currentTarget.value);
          setAt(0);
        }}
      />
      <ul id={id} role="listbox" aria-label={t("palette.open")} className={styles.list}>
        {items.map((item, index) => (
          <li
            key={item.id}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === current}
            onMouseMove={() => setAt(index)}
            onClick={() => choose(item)}
          >
            <bdi>{item.label}</bdi>
            {item.note !== undefined && <span className="muted small">{item.note}</span>}
          </li>
        ))}
      </ul>
      <p className={styles.none} role="status">
        {items.length === 0 ? t("palette.none") : ""}
      </p>
    </dialog>
  );
}

function useEvents(words: string): PaletteItem[] {
  const { format } = useText();
  const { org, can } = useOrganisation();
  const navigate = useNavigate();
  const { data } = useQuery({
    ...ownEventsQuery(org, words === "" ? {} : { search: words }, mostEvents),
    enabled: can("events.read"),
    throwOnError: false,
    placeholderData: keepPreviousData,
  });
  return (data?.data ?? []).map(({ id, title, startsAt, timeZone }) => ({
    id,
    label: title,
    note: format.day(startsAt, timeZone),
    go: () => void navigate({ to: "/$org/events/$event", params: { org, event: id } }),
  }));
}
