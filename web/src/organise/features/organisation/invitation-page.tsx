import { Button } from "@mantine/core";
import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { api, unwrap } from "@/api/client";
import { problemOf } from "@/api/problem";
import { useAccount, useSession } from "@/session/use-session";
import { EmptyState } from "@/ui/empty-state";
import { Notice } from "@/ui/notice";
import { addressOf } from "../../api/organisation";
import { useText, type TextKey } from "../../i18n/text";
import { formError } from "../../lib/problems";
import { Page } from "../../ui/page";
import { Loading } from "../../ui/states";

function invitationQuery(token: string) {
  return queryOptions({
    queryKey: ["invitation", token],
    queryFn: ({ signal }) => unwrap(api.GET("/api/v1/invitations/{token}", { params: { path: { token } }, signal })),
    throwOnError: false,
    retry: false,
  });
}

const reasons: Readonly<Record<string, TextKey>> = {
  "invitation-used": "invitation.used",
  "invitation-expired": "invitation.expired",
  "other-account": "invitation.otherAccount",
};

/** Where an invitation's link leads. */
export function InvitationPage({ token }: { token: string }) {
  const { t, format } = useText();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const session = useSession();
  const account = useAccount();
  const { data, error } = useQuery(invitationQuery(token));
  const accept = useMutation({
    mutationFn: () => unwrap(api.POST("/api/v1/invitations/{token}/accept", { params: { path: { token } } })),
    onSuccess: async (joined) => {
      await queryClient.invalidateQueries({ queryKey: ["memberships"] });
      await navigate({ to: "/$org", params: { org: addressOf(joined) } });
    },
  });
  if (error !== null) {
    const reason = reasons[problemOf(error)?.code ?? ""] ?? "invitation.none";
    return (
      <EmptyState isPage title={t("invitation.noneTitle")} text={t(reason)}>
        <Link to="/">{t("missing.home")}</Link>
      </EmptyState>
    );
  }
  if (data === undefined) return <Loading />;
  const refused = problemOf(accept.error)?.code ?? "";
  const refusal = refused in reasons ? t(reasons[refused] as TextKey) : formError(accept.error, t);
  const back = encodeURIComponent(`/organise/invitations/${token}`);
  return (
    <Page title={t("invitation.title", { organisation: data.organisation })}>
      <p>{t("invitation.text", { role: t(`role.${data.role}`), until: format.moment(data.expiresAt) })}</p>
      <p className="muted">{t(`role.${data.role}Text`)}</p>
      <p>{t("invitation.for", { email: data.email })}</p>
      {refusal !== undefined && <Notice tone="bad" urgent title={refusal} />}
      {account !== undefined && (
        <div className="row">
          <Button size="md" loading={accept.isPending} onClick={() => accept.mutate()}>
            {t("invitation.accept")}
          </Button>
          <span className="muted">{t("invitation.as", { email: account.email ?? "" })}</span>
        </div>
      )}
      {account === undefined && session.status !== "restoring" && (
        <div className="row">
          <Button component="a" size="md" href={`/login?to=${back}`}>
            {t("nav.signIn")}
          </Button>
          <Button component="a" size="md" variant="default" href={`/register?to=${back}`}>
            {t("welcome.register")}
          </Button>
        </div>
      )}
    </Page>
  );
}
