import { problemOf } from "@/api/problem";
import { useEditorText } from "../messages";

interface Fault {
  pointer: string;
  message: string;
}

/** What the server refuses a plan for, each with its place in the file. */
export function FaultList({ error }: { error: unknown }) {
  const { t } = useEditorText();
  const body = problemOf(error) as { faults?: Fault[] } | undefined;
  return (
    <div className="stack">
      <p>{t("refused")}</p>
      <ul>
        {(body?.faults ?? []).map(({ pointer, message }) => (
          <li key={pointer + message}>
            <code dir="ltr">{pointer === "" ? "/" : pointer}</code> {message}
          </li>
        ))}
      </ul>
    </div>
  );
}
