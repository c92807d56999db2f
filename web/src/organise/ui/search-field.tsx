import { TextInput } from "@mantine/core";
import { useEffect, useState } from "react";
import { SearchIcon } from "@/ui/icons";
import { useText } from "../i18n/text";

/** A list is asked for again when no key was pressed for so long. */
const typingPauseMs = 300;
const maxCharacters = 100;

interface SearchFieldProps {
  /** The words that the address has; undefined: none. */
  words: string | undefined;
  description?: string;
  /** Undefined: no words any more. */
  onSearch: (words: string | undefined) => void;
}

/** Words to search a list for, which are in the address a moment after they are typed. */
export function SearchField({ words: current, description, onSearch }: SearchFieldProps) {
  const { t } = useText();
  const [words, setWords] = useState(current ?? "");
  const [known, setKnown] = useState(current);
  // The address changed by other means: a link, or the way back.
  if (known !== current) {
    setKnown(current);
    if ((current ?? "") !== words.trim()) setWords(current ?? "");
  }
  useEffect(() => {
    const trimmed = words.trim();
    if (trimmed === (current ?? "")) return;
    const timer = setTimeout(() => onSearch(trimmed === "" ? undefined : trimmed), typingPauseMs);
    return () => clearTimeout(timer);
  }, [words, current, onSearch]);
  return (
    <TextInput
      label={t("events.search")}
      description={description}
      type="search"
      size="md"
      maxLength={maxCharacters}
      leftSection={<SearchIcon size={18} />}
      value={words}
      onChange={(change) => setWords(change.currentTarget.value)}
    />
  );
}
