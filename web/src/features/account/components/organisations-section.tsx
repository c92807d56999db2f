import { queryOptions, useQuery } from "@tanstack/react-query";
import { api, unwrap } from "@/api/client";
import { useAccountI18n } from "../messages";
import styles from "./form.module.css";

const organisationsQuery = queryOptions({
  queryKey: ["my-organisations"],
  queryFn: ({ signal }) => unwrap(api.GET("/api/v1/me/organisations", { params: { query: { limit: "50" } }, signal })),
  // The profile is there without it.
  throwOnError: false,
});

/** The ways to the organisers' pages, for members. They are another app: its links are plain ones. */
export function OrganisationsSection() {
  const { t } = useAccountI18n();
  const { data } = useQuery(organisationsQuery);
  if (data === undefined || data.data.length === 0) return null;
  return (
    <section className={styles.section} aria-labelledby="organisations-title">
      <h2 id="organisations-title">{t("profile.organise")}</h2>
      <ul className={styles.sessions}>
        {data.data.map(({ id, name }) => (
          <li key={id}>
            <a href={`/organise/${id}`}>{name}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}
