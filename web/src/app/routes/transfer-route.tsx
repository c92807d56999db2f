import { useLocation, useNavigate } from "@tanstack/react-router";
import { TransferPage } from "@/features/transfers/transfer-page";

export default function TransferRoute() {
  const secret = useLocation({ select: ({ hash }) => hash });
  const navigate = useNavigate();
  // Once it is accepted, the link is of no use to whoever sees the address.
  return (
    <TransferPage secret={secret} onAccepted={() => void navigate({ to: "/transfer", hash: "", replace: true })} />
  );
}
