import { useLocation, useNavigate } from "@tanstack/react-router";
import { Suspense } from "react";
import { TransferPage } from "@/features/transfers/transfer-page";
import { receivedQuery } from "@/features/transfers/transfers";
import { later } from "@/lib/later";

const OfflineMark = later(() => import("@/features/offline"));

export default function TransferRoute() {
  const secret = useLocation({ select: ({ hash }) => hash });
  const navigate = useNavigate();
  // Once it is accepted, the link is of no use to whoever sees the address.
  return (
    <>
      <Suspense>
        <OfflineMark queryKey={receivedQuery.queryKey} />
      </Suspense>
      <TransferPage secret={secret} onAccepted={() => void navigate({ to: "/transfer", hash: "", replace: true })} />
    </>
  );
}
