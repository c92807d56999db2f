import { useRouter, useSearch } from "@tanstack/react-router";
import { LoginForm } from "@/features/account/components/login-form";

export default function LoginRoute() {
  const { to } = useSearch({ from: "/login" });
  const { history } = useRouter();
  return <LoginForm to={to} onDone={() => history.replace(to ?? "/")} />;
}
