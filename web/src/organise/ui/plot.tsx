import { useId } from "react";
import { useText } from "../i18n/text";
import styles from "./plot.module.css";

export interface PlotPoint {
  label: string;
  value: number;
}

interface PlotProps {
  title: string;
  /** What the values are called in the table. */
  valueName: string;
  labelName: string;
  points: readonly PlotPoint[];
  format: (value: number) => string;
}

const width = 720;
const height = 200;
const top = 12;

/** Bars, and the table that says the same: for who does not see them, and for copying. */
export function Plot({ title, valueName, labelName, points, format }: PlotProps) {
  const { t } = useText();
  const id = useId();
  const most = Math.max(1, ...points.map(({ value }) => value));
  const step = width / Math.max(1, points.length);
  const bar = Math.max(1, Math.min(48, step * 0.7));
  return (
    <figure className={styles.plot} aria-labelledby={id}>
      <figcaption id={id}>{title}</figcaption>
      <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" className={styles.bars} aria-hidden="true">
        {[0.5, 1].map((share) => (
          <line
            key={share}
            x1="0"
            x2={width}
            y1={height - share * (height - top)}
            y2={height - share * (height - top)}
            className={styles.line}
          />
        ))}
        {points.map(({ label, value }, index) => {
          const tall = (value / most) * (height - top);
          return (
            <rect
              key={label}
              className={styles.bar}
              x={index * step + (step - bar) / 2}
              y={height - tall}
              width={bar}
              height={tall}
            >
              <title>{`${label}: ${format(value)}`}</title>
            </rect>
          );
        })}
      </svg>
      <div className={styles.axis} aria-hidden="true">
        <span>{points[0]?.label}</span>
        <span>{t("plot.most", { value: format(most) })}</span>
        <span>{points.at(-1)?.label}</span>
      </div>
      <details>
        <summary>{t("plot.table")}</summary>
        <div className={styles.scroll} tabIndex={0} role="group" aria-label={title}>
          <table>
            <caption className="visually-hidden">{title}</caption>
            <thead>
              <tr>
                <th scope="col">{labelName}</th>
                <th scope="col">{valueName}</th>
              </tr>
            </thead>
            <tbody>
              {points.map(({ label, value }) => (
                <tr key={label}>
                  <th scope="row">{label}</th>
                  <td>{format(value)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}
