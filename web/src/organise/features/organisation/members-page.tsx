import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Dialog } from "@/ui/dialog";
import { Notice } from "@/ui/notice";
import { showToast } from "@/ui/toasts";
import { changeRole, membersQuery, removeMember } from "../../api/organisation";
import type { Member, MemberRole } from "../../api/types";
import { useText } from "../../i18n/text";
import { useOrganisation } from "../../lib/organisation";
import { formError } from "../../lib/problems";
import { DataTable, type Column } from "../../ui/data-table";
import { ChoiceField } from "../../ui/fields";
import { Page, Section } from "../../ui/page";
import { Pager } from "../../ui/pager";
import { Loading } from "../../ui/states";
import { InvitationsSection } from "./invitations-section";
import { roleChoices, RolesKey } from "./roles";

export function MembersPage() {
  const { t, format } = useText();
  const { org, can } = useOrganisation();
  const [page, setPage] = useState(1);
  const { data, isPlaceholderData } = useQuery(membersQuery(org, page));
  const [asked, setAsked] = useState<{ member: Member; role: MemberRole | undefined }>();
  const mayManage = can("members.manage");
  const columns: Column<Member>[] = [
    {
      key: "name",
      header: t("members.name"),
      cell: ({ name, isYou }) => (
        <>
          <bdi>{name}</bdi> {isYou && <span className="muted">{t("members.you")}</span>}
        </>
      ),
    },
    { key: "email", header: t("field.email"), cell: ({ email }) => <bdi>{email}</bdi> },
    {
      key: "role",
      header: t("members.role"),
      cell: (member) =>
        mayManage ? (
          <ChoiceField
            label=""
            aria-label={t("members.roleOf", { name: member.name })}
            value={member.role}
            choices={roleChoices(t)}
            onChange={(role) => setAsked({ member, role })}
          />
        ) : (
          t(`role.${member.role}`)
        ),
    },
    { key: "since", header: t("members.since"), cell: ({ since }) => format.moment(since) },
    {
      key: "remove",
      header: "",
      cell: (member) =>
        mayManage && (
          <Button
            variant="subtle"
            color="red"
            aria-label={t("members.removeOf", { name: member.name })}
            onClick={() => setAsked({ member, role: undefined })}
          >
            {t("common.remove")}
          </Button>
        ),
    },
  ];
  return (
    <Page title={t("nav.members")} lead={t("members.lead")}>
      <Section title={t("members.current")}>
        {data === undefined ? (
          <Loading />
        ) : (
          <>
            <DataTable
              caption={t("members.current")}
              columns={columns}
              rows={data.data}
              keyOf={({ id }) => id}
              isStale={isPlaceholderData}
            />
            <Pager meta={data.meta} onPage={setPage} />
          </>
        )}
      </Section>
      <InvitationsSection />
      <RolesKey />
      {asked !== undefined && <ChangeDialog {...asked} onClose={() => setAsked(undefined)} />}
    </Page>
  );
}

/** What another role or the end of a membership means, before it is done. */
function ChangeDialog({
  member,
  role,
  onClose,
}: {
  member: Member;
  role: MemberRole | undefined;
  onClose: () => void;
}) {
  const { t } = useText();
  const { org } = useOrganisation();
  const queryClient = useQueryClient();
  const change = useMutation({
    mutationFn: async () => {
      await (role === undefined ? removeMember(org, member.id) : changeRole(org, member.id, role));
    },
    onSuccess: async () => {
      showToast(t(role === undefined ? "members.removed" : "members.changed", { name: member.name }), "good");
      onClose();
      await queryClient.invalidateQueries({ queryKey: member.isYou ? [] : ["organisation", org, "members"] });
    },
  });
  const error = formError(change.error, t);
  const { name } = member;
  return (
    <Dialog
      open
      title={role === undefined ? t("members.removeTitle", { name }) : t("members.changeTitle", { name })}
      onClose={onClose}
      footer={
        <>
          <Button variant="default" size="md" onClick={onClose}>
            {t("common.leaveIt")}
          </Button>
          <Button
            size="md"
            {...(role === undefined && { color: "red" })}
            loading={change.isPending}
            onClick={() => change.mutate()}
          >
            {t(role === undefined ? "common.remove" : "members.change")}
          </Button>
        </>
      }
    >
      <p>
        {role === undefined
          ? t("members.removeText", { name })
          : t("members.changeText", { from: t(`role.${member.role}`), to: t(`role.${role}`) })}
      </p>
      {role !== undefined && <p>{t(`role.${role}Text`)}</p>}
      {error !== undefined && <Notice tone="bad" urgent title={error} />}
    </Dialog>
  );
}
