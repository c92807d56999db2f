import { Button, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { problemOf } from "@/api/problem";
import type { CodeAnswer } from "@/api/types";
import { checkCode } from "./check-code";
import { useCodeTexts, type CodeTexts } from "./code-texts";
import styles from "./code-form.module.css";

interface CodeFormProps {
  eventId: string;
  /** Why a code that was looked at is of no use here. */
  refuse?: (answer: CodeAnswer) => string | undefined;
  onCode: (answer: CodeAnswer) => void;
}

/** One line to type a code in, in whatever case. */
export function CodeForm({ eventId, refuse, onCode }: CodeFormProps) {
  const texts = useCodeTexts();
  const [code, setCode] = useState("");
  const [useless, setUseless] = useState<string>();
  const check = useMutation({
    mutationFn: () => checkCode(eventId, code),
    onSuccess: (answer) => {
      const reason = refuse?.(answer);
      setUseless(reason);
      if (reason === undefined) onCode(answer);
    },
  });
  const refusal = useless ?? refusalText(check.error, texts);
  return (
    <form
      className={styles.form}
      onSubmit={(submitted) => {
        submitted.preventDefault();
        if (!check.isPending) check.mutate();
      }}
    >
      <TextInput
        label={texts.label}
        size="md"
        maxLength={64}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        required
        withAsterisk={false}
        value={code}
        error={refusal}
        onChange={(event) => {
          setUseless(undefined);
          check.reset();
          setCode(event.currentTarget.value);
        }}
      />
      <Button type="submit" variant="default" size="md" loading={check.isPending} disabled={code.trim() === ""}>
        {texts.apply}
      </Button>
    </form>
  );
}

/** Why a code was not taken; undefined: nothing is wrong with it. */
export function refusalText(error: unknown, texts: CodeTexts): string | undefined {
  if (error === null || error === undefined) return undefined;
  switch (problemOf(error)?.code) {
    case "code-used-up":
      return texts.refused;
    case "too-many-codes-tried":
      return texts.tooMany;
    default:
      return texts.failed;
  }
}
