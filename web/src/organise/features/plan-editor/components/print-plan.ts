import styles from "./print-plan.module.css";

/** Prints the drawing alone, on one sheet: a browser makes a PDF of it. */
export function printPlan(svg: string): void {
  const image = new Image();
  const address = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  image.className = styles.sheet ?? "";
  image.alt = "";
  const root = document.documentElement;
  const done = (): void => {
    root.removeAttribute("data-print-plan");
    image.remove();
    URL.revokeObjectURL(address);
  };
  image.onload = () => {
    root.setAttribute("data-print-plan", "");
    window.addEventListener("afterprint", done, { once: true });
    window.print();
  };
  image.onerror = done;
  image.src = address;
  document.body.append(image);
}
