import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useI18n } from "@/i18n/i18n";
import { useTitle } from "@/ui/use-title";
import { loadInfo, type InfoPageName } from "../model/info-page";
import styles from "./info-page.module.css";

export function InfoPage({ name }: { name: InfoPageName }) {
  const { t, language } = useI18n();
  const { data } = useQuery({
    queryKey: ["info", language],
    queryFn: () => loadInfo(language),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const text = data?.[name];
  useTitle(text?.title);
  if (text === undefined) {
    return (
      <div className="stack" role="status">
        <span className="visually-hidden">{t("common.loading")}</span>
        <Skeleton height={48} width="50%" />
        <Skeleton height={240} />
      </div>
    );
  }
  return (
    <article className={styles.page}>
      <h1>{text.title}</h1>
      <p className={styles.lead}>{text.lead}</p>
      {text.sections.map(({ heading, paragraphs }) => (
        <section key={heading} className={styles.section}>
          <h2>{heading}</h2>
          {paragraphs.map((paragraph) => (
            <p key={paragraph}>{paragraph}</p>
          ))}
        </section>
      ))}
    </article>
  );
}
