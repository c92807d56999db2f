import { useRouter, useSearch } from "@tanstack/react-router";
import { RegisterForm } from "@/features/account/components/register-form";

export default function RegisterRoute() {
  const { to } = useSearch({ from: "/register" });
  const { history } = useRouter();
  return <RegisterForm to={to} onDone={() => history.replace(to ?? "/")} />;
}
