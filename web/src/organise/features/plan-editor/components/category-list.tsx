import { TextInput } from "@mantine/core";
import { CloseIcon } from "@/ui/icons";
import { addCategory, changeCategory, paint, removeCategory } from "../model/mean";
import { isEmpty } from "../model/selection";
import { useEditorText } from "../messages";
import { ColourBox } from "./colour-box";
import { useEditor } from "./editor-context";
import { SmallButton } from "./inputs";
import styles from "./plan-panel.module.css";

/** Told apart by anybody, and by their lightness where colours are not seen. */
const colours = ["#7c3aed", "#0d9488", "#d97706", "#be123c", "#1d4ed8", "#4d7c0f", "#a21caf", "#475569"];

/** Each may become a tier of an event: its name, colour, and how many seats it has. */
export function CategoryList({ counts }: { counts: ReadonlyMap<string, number> }) {
  const { t, format } = useEditorText();
  const { editor, state } = useEditor();
  const { document, selection } = state.history.present;
  const { categories } = document;
  const apply = (changed: typeof document, tag?: string): void => editor.apply({ document: changed, selection }, tag);
  const freeName = (): string => {
    for (let number = categories.length + 1; ; number++) {
      const name = t("newCategory", { number });
      if (!categories.some((one) => one.name === name)) return name;
    }
  };
  return (
    <>
      <ul className={styles.list}>
        {categories.map(({ name, color }, index) => {
          const count = counts.get(name) ?? 0;
          return (
            <li key={index} data-category={name}>
              <div className={styles.category}>
                <ColourBox
                  isLabelHidden
                  label={t("colourOf", { name })}
                  value={color ?? "#808080"}
                  onChange={(next) => apply(changeCategory(document, name, { color: next }), `colour ${index}`)}
                />
                <TextInput
                  size="sm"
                  aria-label={t("categoryName")}
                  maxLength={190}
                  value={name}
                  onChange={(event) => {
                    const next = event.currentTarget.value;
                    // Two of one name would become one.
                    if (categories.some((one) => one.name === next)) return;
                    apply(changeCategory(document, name, { name: next }), `category ${index}`);
                    if (state.draw.category === name) editor.setDraw({ category: next });
                  }}
                />
                <span className={styles.count} title={t("seatCount", { count })}>
                  {format.number(count)}
                </span>
                <SmallButton
                  disabled={count > 0 || categories.length === 1}
                  aria-label={t("removeCategory", { name })}
                  onClick={() => apply(removeCategory(document, name))}
                >
                  <CloseIcon size={14} />
                </SmallButton>
              </div>
              {!isEmpty(selection) && selection.seats.size > 0 && (
                <SmallButton onClick={() => apply(paint(document, selection, name))}>
                  {t("paintSelection", { name })}
                </SmallButton>
              )}
            </li>
          );
        })}
      </ul>
      <SmallButton
        onClick={() =>
          apply(
            addCategory(document, {
              name: freeName(),
              color: colours[categories.length % colours.length],
              rest: undefined,
            }),
          )
        }
      >
        {t("addCategory")}
      </SmallButton>
    </>
  );
}
