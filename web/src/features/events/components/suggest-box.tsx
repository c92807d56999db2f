import { useQuery } from "@tanstack/react-query";
import { useEffect, useId, useState, type ComponentProps, type KeyboardEvent, type ReactNode } from "react";
import { useI18n } from "@/i18n/i18n";
import { suggestionsQuery } from "../api/queries";
import { readSuggestions, type Suggestion } from "../model/suggestions";
import styles from "./suggest-box.module.css";

type ComboboxProps = Pick<
  ComponentProps<"input">,
  | "role"
  | "aria-expanded"
  | "aria-controls"
  | "aria-activedescendant"
  | "aria-autocomplete"
  | "autoComplete"
  | "onKeyDown"
  | "onFocus"
  | "onBlur"
>;

interface SuggestBoxProps {
  words: string;
  onChoose: (suggestion: Suggestion) => void;
  className?: string | undefined;
  /** The field itself, which is made a combobox by these. */
  children: (field: ComboboxProps) => ReactNode;
}

const typingPauseMs = 150;
const minCharacters = 2;

/** A search field with suggestions: a combobox with a list, as the ARIA practices describe it. */
export function SuggestBox({ words, onChoose, className, children }: SuggestBoxProps) {
  const { t, format } = useI18n();
  const listId = useId();
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const asked = usePaused(words.trim(), typingPauseMs);
  const { data } = useQuery({ ...suggestionsQuery(asked), enabled: isOpen && asked.length >= minCharacters });
  const suggestions = asked.length >= minCharacters && data !== undefined ? readSuggestions(data, t, format) : [];
  const isShown = isOpen && suggestions.length > 0 && words.trim().length >= minCharacters;
  const choose = (suggestion: Suggestion) => {
    setOpen(false);
    setActive(-1);
    onChoose(suggestion);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const { key } = event;
    if ((key === "ArrowDown" || key === "ArrowUp") && suggestions.length > 0) {
      event.preventDefault();
      setOpen(true);
      setActive(next(active, key === "ArrowDown" ? 1 : -1, suggestions.length));
      return;
    }
    const chosen = isShown ? suggestions[active] : undefined;
    if (key === "Enter" && chosen !== undefined) {
      event.preventDefault();
      choose(chosen);
    } else if (key === "Enter" || key === "Tab") {
      setOpen(false);
    } else if (key === "Escape" && isShown) {
      // The list goes first; the words stay.
      event.preventDefault();
      setOpen(false);
      setActive(-1);
    } else if (key.length === 1 || key === "Backspace") {
      setOpen(true);
      setActive(-1);
    }
  };
  return (
    <div className={[styles.box, className].join(" ")}>
      {children({
        role: "combobox",
        "aria-expanded": isShown,
        "aria-controls": listId,
        "aria-activedescendant": isShown && active >= 0 ? `${listId}-${String(active)}` : undefined,
        "aria-autocomplete": "list",
        autoComplete: "off",
        onKeyDown,
        onBlur: () => setOpen(false),
      })}
      <ul id={listId} role="listbox" aria-label={t("suggest.label")} className={styles.list} hidden={!isShown}>
        {isShown &&
          suggestions.map((suggestion, index) => (
            // Keys are for the field, which keeps the focus; a pointer chooses directly.
            <li
              key={suggestion.key}
              id={`${listId}-${String(index)}`}
              role="option"
              aria-selected={index === active}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => choose(suggestion)}
            >
              <bdi>{suggestion.title}</bdi>
              <span className="muted small">{suggestion.detail}</span>
            </li>
          ))}
      </ul>
      <span className="visually-hidden" role="status">
        {isShown ? t("suggest.count", { count: suggestions.length }) : ""}
      </span>
    </div>
  );
}

/** The field itself lies between the last suggestion and the first. */
function next(active: number, by: number, count: number): number {
  const moved = active + by;
  return moved >= count ? -1 : moved < -1 ? count - 1 : moved;
}

function usePaused(value: string, pauseMs: number): string {
  const [paused, setPaused] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(value), pauseMs);
    return () => clearTimeout(timer);
  }, [value, pauseMs]);
  return paused;
}
