import { useId, useState } from "react";
import { useEditorText } from "../messages";
import { useEditor } from "./editor-context";
import { NumberBox, Pair, SmallButton } from "./inputs";
import styles from "./trace-fields.module.css";

const mostBytes = 20 * 1024 * 1024;
/** As wide as this on the sheet, at first. */
const usualWidth = 1000;

/** A picture to draw over. It never leaves this browser, and is gone with the page. */
export function TraceFields() {
  const { t } = useEditorText();
  const { editor, state } = useEditor();
  const id = useId();
  const [isUnreadable, setUnreadable] = useState(false);
  const { trace } = state;
  const choose = async (file: File | undefined): Promise<void> => {
    setUnreadable(false);
    if (file === undefined) return;
    try {
      if (file.size > mostBytes) throw new RangeError("The picture is too large.");
      const image = await createImageBitmap(file);
      trace?.image.close();
      editor.set({ trace: { image, at: { x: 0, y: 0 }, scale: usualWidth / image.width, opacity: 0.5 } });
    } catch {
      setUnreadable(true);
    }
  };
  return (
    <div className={styles.trace}>
      <label htmlFor={id}>{t("trace")}</label>
      <input
        id={id}
        type="file"
        accept="image/*"
        onChange={(event) => {
          void choose(event.currentTarget.files?.[0]);
          event.currentTarget.value = "";
        }}
      />
      {isUnreadable && <p role="alert">{t("traceUnreadable")}</p>}
      {trace === undefined ? (
        <p className="muted small">{t("traceHint")}</p>
      ) : (
        <>
          <Pair>
            <NumberBox
              label={t("traceWidth")}
              value={Math.round(trace.image.width * trace.scale)}
              min={10}
              onChange={(width) => editor.set({ trace: { ...trace, scale: width / trace.image.width } })}
            />
            <NumberBox
              label={t("traceOpacity")}
              value={Math.round(trace.opacity * 100)}
              min={0}
              max={100}
              onChange={(percent) => editor.set({ trace: { ...trace, opacity: percent / 100 } })}
            />
          </Pair>
          <Pair>
            <NumberBox
              label="x"
              value={trace.at.x}
              onChange={(x) => editor.set({ trace: { ...trace, at: { ...trace.at, x } } })}
            />
            <NumberBox
              label="y"
              value={trace.at.y}
              onChange={(y) => editor.set({ trace: { ...trace, at: { ...trace.at, y } } })}
            />
            <SmallButton onClick={() => editor.set({ trace: undefined })}>{t("traceRemove")}</SmallButton>
          </Pair>
        </>
      )}
    </div>
  );
}
