import { Button, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Notice } from "@/ui/notice";
import { showToast } from "@/ui/toasts";
import { invitationsQuery, invite, withdrawInvitation } from "../../api/organisation";
import type { CreatedInvitation, Invitation, MemberRole } from "../../api/types";
import { useText } from "../../i18n/text";
import { useOrganisation } from "../../lib/organisation";
import { fieldError, formError } from "../../lib/problems";
import { CopyText } from "../../ui/copy-text";
import { DataTable, type Column } from "../../ui/data-table";
import { ChoiceField } from "../../ui/fields";
import { FieldRow, Form } from "../../ui/form";
import { Section } from "../../ui/page";
import { roleChoices } from "./roles";

/** Who is invited, and inviting somebody. */
export function InvitationsSection() {
  const { t, format } = useText();
  const { org, can } = useOrganisation();
  const queryClient = useQueryClient();
  const { data } = useQuery(invitationsQuery(org));
  const withdraw = useMutation({
    mutationFn: (invitation: Invitation) => withdrawInvitation(org, invitation.id),
    onSuccess: (_, { email }) => showToast(t("invitations.withdrawn", { email }), "good"),
    onError: (error) => showToast(formError(error, t) ?? t("refusal.unknown"), "bad"),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ["organisation", org, "invitations"] }),
  });
  const columns: Column<Invitation>[] = [
    { key: "email", header: t("field.email"), cell: ({ email }) => <bdi>{email}</bdi> },
    { key: "role", header: t("members.role"), cell: ({ role }) => t(`role.${role}`) },
    { key: "until", header: t("invitations.until"), cell: ({ expiresAt }) => format.moment(expiresAt) },
    {
      key: "withdraw",
      header: "",
      cell: (invitation) =>
        can("members.manage") && (
          <Button
            variant="subtle"
            color="red"
            aria-label={t("invitations.withdrawOf", { email: invitation.email })}
            loading={withdraw.isPending && withdraw.variables.id === invitation.id}
            onClick={() => withdraw.mutate(invitation)}
          >
            {t("invitations.withdraw")}
          </Button>
        ),
    },
  ];
  return (
    <Section title={t("invitations.title")} text={t("invitations.text")}>
      {data !== undefined && data.data.length > 0 && (
        <DataTable caption={t("invitations.title")} columns={columns} rows={data.data} keyOf={({ id }) => id} />
      )}
      {data?.data.length === 0 && <p className="muted">{t("invitations.none")}</p>}
      {can("members.manage") ? <InviteForm /> : <p className="muted">{t("members.ownersOnly")}</p>}
    </Section>
  );
}

function InviteForm() {
  const { t } = useText();
  const { org } = useOrganisation();
  const queryClient = useQueryClient();
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<MemberRole>("manager");
  const [made, setMade] = useState<CreatedInvitation>();
  const send = useMutation({
    mutationFn: () => invite(org, email.trim(), role),
    onSuccess: async (invitation) => {
      setMade(invitation);
      setEmail("");
      await queryClient.invalidateQueries({ queryKey: ["organisation", org, "invitations"] });
    },
  });
  return (
    <>
      {made !== undefined && (
        <Notice tone="good" title={t("invitations.made", { email: made.email })}>
          <p>{t("invitations.link")}</p>
          <CopyText text={`${location.origin}/organise/invitations/${made.token}`} label={t("invitations.copy")} />
        </Notice>
      )}
      <Form
        error={send.error}
        fields={["email", "role"]}
        isSending={send.isPending}
        submitLabel={t("invitations.submit")}
        onSubmit={() => send.mutate()}
      >
        <FieldRow>
          <TextInput
            label={t("field.email")}
            type="email"
            autoComplete="off"
            required
            size="md"
            value={email}
            error={fieldError(send.error, "email")}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <ChoiceField
            label={t("members.role")}
            value={role}
            choices={roleChoices(t)}
            error={fieldError(send.error, "role")}
            onChange={setRole}
          />
        </FieldRow>
        <p className="muted">{t(`role.${role}Text`)}</p>
      </Form>
    </>
  );
}
